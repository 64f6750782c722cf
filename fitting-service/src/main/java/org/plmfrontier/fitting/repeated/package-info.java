/** What repeated data are worth: the law of Muennighoff et al. 2023 fitted to losses of runs of several epochs. */
@NullMarked
package org.plmfrontier.fitting.repeated;

import org.jspecify.annotations.NullMarked;
