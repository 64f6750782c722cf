/** Evaluates stored states beside training. */
@NullMarked
package org.plmfrontier.trainer.evaluator;

import org.jspecify.annotations.NullMarked;
