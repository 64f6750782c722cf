/** Runs whose state is kept on the device between their slices. */
@NullMarked
package org.plmfrontier.trainer.residency;

import org.jspecify.annotations.NullMarked;
