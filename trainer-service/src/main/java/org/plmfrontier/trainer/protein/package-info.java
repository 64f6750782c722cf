/** Proteins of files that evaluations bring along. */
@NullMarked
package org.plmfrontier.trainer.protein;

import org.jspecify.annotations.NullMarked;
