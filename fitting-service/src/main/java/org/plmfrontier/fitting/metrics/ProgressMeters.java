package org.plmfrontier.fitting.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.progress.ProgressCounters;

/** Metrics of steps that are not committed. */
public final class ProgressMeters {
    private ProgressMeters() {}

    /** Registers them. */
    public static void register(MeterRegistry registry, Progress progress, ProgressCounters counters) {
        FunctionCounter.builder("plm.progress.steps", progress, Progress::steps)
                .description("Provisional steps taken from training-progress")
                .register(registry);
        FunctionCounter.builder("plm.progress.late.steps", progress, Progress::lateSteps)
                .description("Provisional steps of trainers that had lost their run")
                .register(registry);
        FunctionCounter.builder("plm.progress.undecodable", counters, ProgressCounters::undecodableRecords)
                .description("Records of training-progress that were passed over")
                .register(registry);
        Gauge.builder("plm.progress.lag", counters, ProgressCounters::lag)
                .description("Records of training-progress that wait to be read")
                .register(registry);
        Gauge.builder("plm.progress.points", progress, Progress::points)
                .description("Provisional points in memory")
                .register(registry);
    }
}
