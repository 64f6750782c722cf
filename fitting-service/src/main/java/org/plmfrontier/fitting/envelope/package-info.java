/** Approach 1: the lower envelope of the smoothed loss curves and the power laws along it. */
@NullMarked
package org.plmfrontier.fitting.envelope;

import org.jspecify.annotations.NullMarked;
