/** Sequences as the padded arrays that a training step takes. */
@NullMarked
package org.plmfrontier.trainer.batch;

import org.jspecify.annotations.NullMarked;
