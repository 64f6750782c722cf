package org.plmfrontier.dataset.plan;

import java.time.Duration;
import java.util.Objects;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * How long a slice may keep a device, and for how long ahead slices are cut. What is trained in a slice is published, and a
 * stop or a kill costs it, at its end. Slices are longer where training would else stand still for checkpoints for more than a
 * hundredth of the time. While the speed is only assumed, slices are a {@value #PROBES}th as long and few are
 * cut: an assumption that is ten times too high then costs a slice of the usual time.
 *
 * @param usual of a model whose checkpoints hold up nothing
 * @param longest whatever the checkpoint takes
 * @param horizon device time of a run that is cut ahead
 * @param checkpoints how far apart they must be
 * @param speed of one device
 */
public record SliceTime(
        Duration usual, Duration longest, Duration horizon, CheckpointSpacing checkpoints, DeviceSpeed speed) {
    /** Longer than any training. */
    private static final Duration ALWAYS = Duration.ofDays(1_000_000);

    private static final double PROBES = 10;

    /** Device time that is cut ahead while the speed is only assumed, in usual slices. */
    private static final double PROBED_SLICES = 2;

    /** A run gets further slices when less than this share of the horizon is left. */
    private static final double REFILL = 0.5;

    public SliceTime {
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(speed, "speed");
        if (!usual.isPositive() || longest.compareTo(usual) < 0) {
            throw new IllegalArgumentException(
                    "usual must be positive and longest at least as long, got " + usual + " and " + longest);
        }
        if (horizon.compareTo(longest) < 0) {
            throw new IllegalArgumentException(
                    "horizon must be at least as long as the longest slice, got " + horizon + " and " + longest);
        }
    }

    /** No bound on a slice's time; all of a run is cut at once. */
    static SliceTime unbounded() {
        return new SliceTime(ALWAYS, ALWAYS, ALWAYS, run -> 0, DeviceSpeed.known(1e14));
    }

    /** The same slices, cut for whole runs at once. */
    SliceTime withoutHorizon() {
        return new SliceTime(usual, longest, ALWAYS, checkpoints, speed);
    }

    /** Device time of a slice of a run, seconds. */
    public double seconds(RunSpec run) {
        return Math.clamp(checkpoints.seconds(run), seconds(usual), seconds(longest));
    }

    /** Training FLOPs of a slice of a run. */
    double flops(RunSpec run) {
        return seconds(run) * speed.at(run) / (isProbing(run) ? PROBES : 1);
    }

    /** Training FLOPs of a run that are cut ahead. */
    double aheadFlops(RunSpec run) {
        return isProbing(run) ? PROBED_SLICES * seconds(usual) * speed.assumed() : seconds(horizon) * speed.at(run);
    }

    /** Whether a run with so many FLOPs cut and not trained gets further slices. */
    boolean runsOut(RunSpec run, double flopsAhead) {
        return flopsAhead < REFILL * aheadFlops(run);
    }

    private boolean isProbing(RunSpec run) {
        return horizon.compareTo(ALWAYS) < 0 && speed.measured(run).isEmpty();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
