/** Seeded pseudo-random numbers that are the same on every machine. */
@NullMarked
package org.plmfrontier.trainer.random;

import org.jspecify.annotations.NullMarked;
