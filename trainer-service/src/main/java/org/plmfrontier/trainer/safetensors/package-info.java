/** Checkpoints as safetensors files in a folder. */
@NullMarked
package org.plmfrontier.trainer.safetensors;

import org.jspecify.annotations.NullMarked;
