/** TorchScript programs as the files that libtorch loads. */
@NullMarked
package org.plmfrontier.trainer.archive;

import org.jspecify.annotations.NullMarked;
