/** The loss on proteins that no run is trained on. */
@NullMarked
package org.plmfrontier.trainer.heldout;

import org.jspecify.annotations.NullMarked;
