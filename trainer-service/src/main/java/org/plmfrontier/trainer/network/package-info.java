/** What the trainer asks of an architecture: its tensors, its script, the memory of a step and its layout as files. */
@NullMarked
package org.plmfrontier.trainer.network;

import org.jspecify.annotations.NullMarked;
