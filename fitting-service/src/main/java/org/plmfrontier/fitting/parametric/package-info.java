/** Approach 3: robust fits of loss surfaces to final losses, from many starts, with intervals. */
@NullMarked
package org.plmfrontier.fitting.parametric;

import org.jspecify.annotations.NullMarked;
