/** Seeded pseudo-random numbers that are the same on every machine. */
@NullMarked
package org.plmfrontier.contracts.random;

import org.jspecify.annotations.NullMarked;
