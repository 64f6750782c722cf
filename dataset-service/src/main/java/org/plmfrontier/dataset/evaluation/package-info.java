/** Evaluations of studies: their files, and which states of runs are to be evaluated. */
@NullMarked
package org.plmfrontier.dataset.evaluation;

import org.jspecify.annotations.NullMarked;
