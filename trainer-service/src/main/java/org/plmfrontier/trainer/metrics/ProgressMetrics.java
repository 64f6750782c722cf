package org.plmfrontier.trainer.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Counters of provisional steps. */
public final class ProgressMetrics {
    private ProgressMetrics() {}

    /**
     * Registers the counters.
     *
     * @param published steps that the broker has acknowledged
     * @param dropped steps that were not published
     */
    public static <T> void register(
            MeterRegistry registry, T publisher, ToDoubleFunction<T> published, ToDoubleFunction<T> dropped) {
        count(registry, publisher, "published", published);
        count(registry, publisher, "dropped", dropped);
    }

    private static <T> void count(MeterRegistry registry, T publisher, String outcome, ToDoubleFunction<T> value) {
        FunctionCounter.builder("trainer.progress.steps", publisher, value)
                .tag("outcome", outcome)
                .description("Provisional steps")
                .register(registry);
    }
}
