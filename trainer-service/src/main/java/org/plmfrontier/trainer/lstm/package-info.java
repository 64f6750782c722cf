/** The bidirectional LSTM. */
@NullMarked
package org.plmfrontier.trainer.lstm;

import org.jspecify.annotations.NullMarked;
