/** What the rest of the trainer asks of the library that computes. */
@NullMarked
package org.plmfrontier.trainer.engine;

import org.jspecify.annotations.NullMarked;
