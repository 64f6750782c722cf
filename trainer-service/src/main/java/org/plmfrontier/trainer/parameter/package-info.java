/** The tensors of a run's state: names, shapes, first values, and where they are read from and written to. */
@NullMarked
package org.plmfrontier.trainer.parameter;

import org.jspecify.annotations.NullMarked;
