package org.plmfrontier.trainer.engine;

import java.util.Objects;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.recipe.Precision;

/**
 * What a process trains on.
 *
 * @param name by which {@link DevicePeak} knows it
 * @param configuredPeak FLOPs per second that stand for the table's; empty where the table counts
 */
public record DeviceIdentity(String name, OptionalDouble configuredPeak) {
    public DeviceIdentity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(configuredPeak, "configuredPeak");
    }

    /** As an engine names it. */
    public static DeviceIdentity of(TrainingEngine engine) {
        return new DeviceIdentity(engine.deviceName(), OptionalDouble.empty());
    }

    /** FLOPs per second at best; empty where nobody knows. */
    public OptionalDouble peakFlops(Precision precision) {
        return configuredPeak.isPresent() ? configuredPeak : DevicePeak.flopsPerSecond(name, precision);
    }

    /** As events have it. */
    public TrainingDevice in(Precision precision) {
        OptionalDouble peak = peakFlops(precision);
        return new TrainingDevice(name, peak.isPresent() ? peak.getAsDouble() : null);
    }
}
