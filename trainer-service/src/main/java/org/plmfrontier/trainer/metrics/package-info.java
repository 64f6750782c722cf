/** What Prometheus sees of the training. */
@NullMarked
package org.plmfrontier.trainer.metrics;

import org.jspecify.annotations.NullMarked;
