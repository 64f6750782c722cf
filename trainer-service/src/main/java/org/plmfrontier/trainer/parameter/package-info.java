/** The tensors of a model in order, with names and shapes as fair-esm has them, and how they start. */
@NullMarked
package org.plmfrontier.trainer.parameter;

import org.jspecify.annotations.NullMarked;
