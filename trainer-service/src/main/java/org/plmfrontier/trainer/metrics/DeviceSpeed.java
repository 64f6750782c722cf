package org.plmfrontier.trainer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.slice.TrainedStep;

/**
 * Time of the device in steps, FLOPs per second of the last step from the exact counts, and their share of the device's peak in the run's precision (MFU,
 * Chowdhery et al. 2022, from unpadded FLOPs). The gauge of the share exists only on a device whose peak is known.
 */
final class DeviceSpeed {
    private final MeterRegistry registry;
    private final DeviceIdentity device;
    private final Counter training;
    private final AtomicReference<Double> unpadded = new AtomicReference<>(0.0);
    private final AtomicReference<Double> executed = new AtomicReference<>(0.0);
    private @Nullable AtomicReference<Double> utilisation;

    DeviceSpeed(MeterRegistry registry, DeviceIdentity device) {
        this.registry = registry;
        this.device = Objects.requireNonNull(device, "device");
        this.training = registry.counter("trainer.training.device.seconds");
        gauge("unpadded", unpadded);
        gauge("executed", executed);
    }

    void stepped(RunSpec run, TrainedStep step, double seconds) {
        training.increment(seconds);
        double achieved = step.load().computeFlops() / seconds;
        unpadded.set(achieved);
        executed.set(step.load().executedFlops() / seconds);
        OptionalDouble peak = device.peakFlops(run.recipe().precision());
        if (peak.isPresent()) {
            utilisation().set(achieved / peak.getAsDouble());
        }
    }

    private AtomicReference<Double> utilisation() {
        AtomicReference<Double> known = utilisation;
        if (known == null) {
            known = new AtomicReference<>(0.0);
            Gauge.builder("trainer.mfu", known, AtomicReference::get)
                    .description("Model FLOPs utilisation of the last step, share of the device's peak")
                    .tag("device", device.name())
                    .register(registry);
            utilisation = known;
        }
        return known;
    }

    private void gauge(String kind, AtomicReference<Double> value) {
        Gauge.builder("trainer.flops.per.second", value, AtomicReference::get)
                .description("Training FLOPs of the last step over its time")
                .tag("kind", kind)
                .register(registry);
    }
}
