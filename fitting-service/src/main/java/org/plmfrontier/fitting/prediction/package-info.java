/** Forecasts of the final losses of runs, sealed before these exist, and what became of them. */
@NullMarked
package org.plmfrontier.fitting.prediction;

import org.jspecify.annotations.NullMarked;
