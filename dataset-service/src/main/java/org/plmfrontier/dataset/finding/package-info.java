/** Oddities of the input: what was seen, how often, and where first. */
@NullMarked
package org.plmfrontier.dataset.finding;

import org.jspecify.annotations.NullMarked;
