package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** How long ago a consumer was polled last, by its own metric. Thread-safe: metrics may be read beside the polling thread. */
public final class PollAge {
    private static final String GROUP = "consumer-metrics";
    private static final String NAME = "last-poll-seconds-ago";

    private PollAge() {}

    /** Time since the last poll; empty before the first. */
    public static Optional<Duration> of(Consumer<?, ?> consumer) {
        for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
            MetricName name = metric.getKey();
            if (name.name().equals(NAME) && name.group().equals(GROUP)) {
                double seconds = ((Number) metric.getValue().metricValue()).doubleValue();
                return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (seconds * 1000)));
            }
        }
        return Optional.empty();
    }
}
