/** Studies beside each other: differences of exponents, of losses at a budget and of compute, and whether losses may be compared. */
@NullMarked
package org.plmfrontier.fitting.comparison;

import org.jspecify.annotations.NullMarked;
