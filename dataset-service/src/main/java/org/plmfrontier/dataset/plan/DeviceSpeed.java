package org.plmfrontier.dataset.plan;

import java.util.OptionalDouble;
import org.plmfrontier.contracts.job.RunSpec;

/** How fast one device trains, unpadded training FLOPs per second. */
public interface DeviceSpeed {
    /** As it was measured at this run or at one like it; empty where nothing comparable has trained. */
    OptionalDouble measured(RunSpec run);

    /** What is taken until something was measured. */
    double assumed();

    default double at(RunSpec run) {
        return measured(run).orElse(assumed());
    }

    /** A speed that is the same at every run, and known. */
    static DeviceSpeed known(double flopsPerSecond) {
        return new DeviceSpeed() {
            @Override
            public OptionalDouble measured(RunSpec run) {
                return OptionalDouble.of(flopsPerSecond);
            }

            @Override
            public double assumed() {
                return flopsPerSecond;
            }
        };
    }
}
