/** How far a run is, and where its state is kept. */
@NullMarked
package org.plmfrontier.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
