/** Prometheus: what the service knows of its studies, as gauges and counters. */
@NullMarked
package org.plmfrontier.fitting.metrics;

import org.jspecify.annotations.NullMarked;
