/** The block of today's protein models: RMSNorm, SwiGLU, rotary positions, no biases, as encoder and decoder. */
@NullMarked
package org.plmfrontier.trainer.modern;

import org.jspecify.annotations.NullMarked;
