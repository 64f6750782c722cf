/** Loss curves of runs: collected in any order, thinned with a bounded error, smoothed over the logarithm of compute. */
@NullMarked
package org.plmfrontier.fitting.curve;

import org.jspecify.annotations.NullMarked;
