package org.plmfrontier.dataset.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** Training FLOPs per second of all trainers together, over the last {@value #SLICES} slices. Thread-safe. */
public final class Throughput {
    private static final int SLICES = 64;
    private static final double MILLIS = 1e3;

    private record Done(Instant at, double flops) {}

    private final Deque<Done> last = new ArrayDeque<>();

    /** Some FLOPs were done at a time; where they begin is not known, so the first of all count for nothing. */
    synchronized void add(Instant at, double flops) {
        if (flops <= 0) {
            return;
        }
        last.add(new Done(at, flops));
        if (last.size() > SLICES) {
            last.remove();
        }
    }

    /** Empty before two slices were done at different times. */
    public synchronized OptionalDouble flopsPerSecond() {
        Instant begin = last.stream().map(Done::at).min(Instant::compareTo).orElse(Instant.EPOCH);
        Instant end = last.stream().map(Done::at).max(Instant::compareTo).orElse(Instant.EPOCH);
        double seconds = Duration.between(begin, end).toMillis() / MILLIS;
        double flops = last.stream()
                .filter(done -> done.at().isAfter(begin))
                .mapToDouble(Done::flops)
                .sum();
        return seconds > 0 ? OptionalDouble.of(flops / seconds) : OptionalDouble.empty();
    }
}
