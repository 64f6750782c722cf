package org.plmfrontier.runtime.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Backoff between tries of something that is away: doubling up to a longest one, and of each a random half, so that services
 * that lost the same database do not come back at the same moment.
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first must be positive and longest at least as long, got " + first + " and " + longest);
        }
    }

    /** The pause after so many failures in a row, counted from 1. */
    public Duration after(int failures, RandomGenerator random) {
        Duration full = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
        long nanos = Math.min(full.toNanos(), longest.toNanos());
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }
}
