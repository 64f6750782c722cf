package org.plmfrontier.dataset.plan;

import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;

/** How far apart a run's checkpoints must be so that training stands still for them for about a hundredth of its time. */
@FunctionalInterface
public interface CheckpointSpacing {
    /** Share of its time for which training may stand still. */
    double SHARE = 0.01;

    /** Seconds from a checkpoint of a run to the next one, at least. */
    double seconds(RunSpec run);

    /**
     * What is taken of a trainer that has said nothing yet. Training stands still while the state is copied to host memory;
     * the copy is written while the next slice trains, whose checkpoint must not come before that is done.
     *
     * @param copiedBytesPerSecond from a device to host memory
     * @param writtenBytesPerSecond from host memory to the store
     * @throws IllegalArgumentException for a rate that is not positive
     */
    static CheckpointSpacing assumed(double copiedBytesPerSecond, double writtenBytesPerSecond) {
        requirePositive("copiedBytesPerSecond", copiedBytesPerSecond);
        requirePositive("writtenBytesPerSecond", writtenBytesPerSecond);
        return run -> {
            double bytes = ParameterCount.of(run.shape()).stateBytes();
            return Math.max(bytes / copiedBytesPerSecond / SHARE, bytes / writtenBytesPerSecond);
        };
    }

    private static void requirePositive(String name, double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException(name + " must be positive, got " + rate);
        }
    }
}
