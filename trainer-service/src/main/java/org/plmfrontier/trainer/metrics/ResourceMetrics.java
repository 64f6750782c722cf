package org.plmfrontier.trainer.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gauges of what a trainer works with. */
public final class ResourceMetrics {
    private ResourceMetrics() {}

    /**
     * Registers the gauges.
     *
     * @param checkpoints folder whose disk is watched; NaN as long as it is not there
     */
    public static void register(MeterRegistry registry, Path checkpoints) {
        Gauge.builder("trainer.checkpoint.free", checkpoints, ResourceMetrics::freeBytes)
                .baseUnit("bytes")
                .description("Free space where checkpoints are kept")
                .register(registry);
    }

    private static double freeBytes(Path folder) {
        return Files.exists(folder) ? folder.toFile().getUsableSpace() : Double.NaN;
    }
}
