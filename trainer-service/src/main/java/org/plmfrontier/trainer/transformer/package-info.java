/** The block of ESM-2, as the masked encoder and as a causal decoder. */
@NullMarked
package org.plmfrontier.trainer.transformer;

import org.jspecify.annotations.NullMarked;
