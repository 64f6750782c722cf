package org.plmfrontier.fitting.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.plmfrontier.fitting.prediction.PredictionBook;

/** Metrics of sealed predictions. */
public final class PredictionMeters {
    private PredictionMeters() {}

    /** Registers them. */
    public static void register(MeterRegistry registry, PredictionBook book) {
        Gauge.builder("plm.predictions.sealed", book, PredictionBook::size)
                .description("Predictions on the topic forecasts")
                .register(registry);
        Gauge.builder("plm.predictions.set.apart", book, PredictionBook::setApart)
                .description("Records of the topic forecasts that are no predictions")
                .register(registry);
    }
}
