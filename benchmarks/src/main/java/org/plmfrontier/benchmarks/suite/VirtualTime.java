package org.plmfrontier.benchmarks.suite;

import java.time.Duration;

/**
 * Time that runs faster than the clock's. Thread-safe.
 *
 * @param start nanoseconds of the clock at which it began
 * @param factor how much faster
 */
record VirtualTime(long start, double factor) {
    static VirtualTime begin(double factor) {
        return new VirtualTime(System.nanoTime(), factor);
    }

    /** Virtual seconds since the beginning. */
    double now() {
        return (System.nanoTime() - start) / 1e9 * factor;
    }

    /** Real time in which so much virtual time passes. */
    Duration real(double virtualSeconds) {
        return Duration.ofNanos((long) (virtualSeconds / factor * 1e9));
    }
}
