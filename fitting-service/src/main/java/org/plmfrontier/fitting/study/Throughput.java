package org.plmfrontier.fitting.study;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How fast a run went at its latest step.
 *
 * @param step the step, from 1
 * @param tokensPerSecond training tokens per second, as the trainer measured it
 * @param at to the microsecond, as a database keeps it
 */
public record Throughput(long step, double tokensPerSecond, Instant at) {
    public Throughput {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (!(tokensPerSecond >= 0) || Double.isInfinite(tokensPerSecond)) {
            throw new IllegalArgumentException(
                    "tokensPerSecond must be finite and not negative, got " + tokensPerSecond);
        }
    }
}
