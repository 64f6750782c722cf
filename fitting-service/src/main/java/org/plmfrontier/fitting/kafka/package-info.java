/** Kafka: training events in, dead letters and the published frontier out. */
@NullMarked
package org.plmfrontier.fitting.kafka;

import org.jspecify.annotations.NullMarked;
