/** The wiring of the trainer: the only place that knows both the pure packages and the adapters. */
@NullMarked
package org.plmfrontier.trainer;

import org.jspecify.annotations.NullMarked;
