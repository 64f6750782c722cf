/** Seeded resampling of runs and the intervals read off it. */
@NullMarked
package org.plmfrontier.fitting.resample;

import org.jspecify.annotations.NullMarked;
