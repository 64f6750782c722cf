package org.plmfrontier.dataset.plan;

import java.time.Duration;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;

/**
 * How long a slice may keep a device: what is trained in it is published, and a stop or a kill costs it, at its end. Slices of
 * large models are longer, so that writing their checkpoints takes about {@value #CHECKPOINT_SHARE} of the time.
 *
 * @param usual of a model whose checkpoint is written at once
 * @param longest whatever the checkpoint takes
 * @param checkpointBytesPerSecond how fast a checkpoint is written
 * @param flopsPerSecond speed of one device at a run, unpadded training FLOPs
 */
public record SliceTime(
        Duration usual, Duration longest, double checkpointBytesPerSecond, ToDoubleFunction<RunSpec> flopsPerSecond) {
    private static final double CHECKPOINT_SHARE = 0.01;

    /** Weights and AdamW's two moments in float32. */
    private static final int STATE_BYTES_PER_PARAMETER = 12;

    public SliceTime {
        Objects.requireNonNull(flopsPerSecond, "flopsPerSecond");
        if (!usual.isPositive() || longest.compareTo(usual) < 0) {
            throw new IllegalArgumentException(
                    "usual must be positive and longest at least as long, got " + usual + " and " + longest);
        }
        if (!(checkpointBytesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "checkpointBytesPerSecond must be positive, got " + checkpointBytesPerSecond);
        }
    }

    /** Device time of a slice of a shape, seconds. */
    public double seconds(ModelShape shape) {
        double writing =
                STATE_BYTES_PER_PARAMETER * (double) ParameterCount.of(shape).exact() / checkpointBytesPerSecond;
        return Math.clamp(writing / CHECKPOINT_SHARE, seconds(usual), seconds(longest));
    }

    /** Training FLOPs of a slice of a run. */
    double flops(RunSpec run) {
        return seconds(run.shape()) * flopsPerSecond.applyAsDouble(run);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
