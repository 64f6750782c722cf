package org.plmfrontier.fitting.study;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plmfrontier.fitting.curve.CurvePoint;

/**
 * A step as the store has it, with what no fit needs.
 *
 * @param gradientNorm global norm before clipping; empty where a file is the source
 * @param tokensPerSecond training tokens per second, as the trainer measured it; empty where a file is the source
 * @param at when the step was done, by the trainer's clock, to the microsecond, as a database keeps it; empty where a file is the source
 */
public record RecordedStep(
        CurvePoint point, OptionalDouble gradientNorm, OptionalDouble tokensPerSecond, Optional<Instant> at) {
    public RecordedStep {
        Objects.requireNonNull(point, "point");
        Objects.requireNonNull(gradientNorm, "gradientNorm");
        Objects.requireNonNull(tokensPerSecond, "tokensPerSecond");
        at = at.map(time -> time.truncatedTo(ChronoUnit.MICROS));
    }
}
