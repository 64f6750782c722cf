package org.plmfrontier.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StepLoad;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedStep;

class DeviceSpeedTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrainedStep step =
            new TrainedStep(RunProgress.START, new StepLoad(10, 4_000_000_000L, 5_000_000_000L), 1, 1e-3, 1);

    @Test
    void flopsPerSecondAreTheExactCountsOverTheTime() {
        new DeviceSpeed(registry, new DeviceIdentity("cpu", OptionalDouble.empty()))
                .stepped(run(Precision.FP32), step, 0.5);
        assertThat(speed("unpadded")).isEqualTo(8e9);
        assertThat(speed("executed")).isEqualTo(1e10);
        assertThat(registry.find("trainer.mfu").gauge()).as("no peak, no share").isNull();
    }

    @Test
    void theShareIsOfThePeakInTheRunsPrecision() {
        new DeviceSpeed(registry, new DeviceIdentity("NVIDIA H200", OptionalDouble.empty()))
                .stepped(run(Precision.BF16), step, 1e-5);
        assertThat(registry.get("trainer.mfu").gauge().value()).isCloseTo(4e14 / 989.4e12, within(1e-12));
    }

    @Test
    void aConfiguredPeakTakesThePlaceOfTheTable() {
        new DeviceSpeed(registry, new DeviceIdentity("NVIDIA H200", OptionalDouble.of(8e14)))
                .stepped(run(Precision.BF16), step, 1e-5);
        assertThat(registry.get("trainer.mfu").gauge().value()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void stepsAddUpToTheDevicesTimeInTraining() {
        DeviceSpeed speed = new DeviceSpeed(registry, new DeviceIdentity("cpu", OptionalDouble.empty()));
        speed.stepped(run(Precision.FP32), step, 0.5);
        speed.stepped(run(Precision.FP32), step, 0.25);
        assertThat(registry.get("trainer.training.device.seconds").counter().count())
                .isEqualTo(0.75);
    }

    private double speed(String kind) {
        return registry.get("trainer.flops.per.second")
                .tag("kind", kind)
                .gauge()
                .value();
    }

    private static RunSpec run(Precision precision) {
        List<TokenBatch> records = Studies.records("c", 2, 2, 20, 1);
        return Studies.run(
                "s",
                "r",
                Studies.SMALL,
                Studies.recipe(1).withPrecision(precision),
                Studies.corpus("c", records, records),
                2);
    }
}
