package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which the consumer of the jobs sends its heartbeats. The client starts it again with the next poll
 * where it failed; where it stays away, the partitions are lost again and again. Thread-safe.
 */
public final class HeartbeatThread {
    static final Duration LIMIT = Duration.ofSeconds(30);
    /** How the classic consumer names it (AbstractCoordinator.HeartbeatThread). */
    private static final String PREFIX = "kafka-coordinator-heartbeat-thread | ";

    private final String name;
    private final BooleanSupplier wanted;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Long> missingSince = new AtomicReference<>();

    /**
     * A look at the process's threads.
     *
     * @param group of the consumer
     * @param wanted whether there must be one: partitions are owned
     * @param nanos a steady counter, nanoseconds
     */
    public HeartbeatThread(String group, BooleanSupplier wanted, LongSupplier nanos) {
        this.name = PREFIX + group;
        this.wanted = wanted;
        this.nanos = nanos;
    }

    /** That it is missing since more than {@link #LIMIT} of looks; empty where it is there or need not be. */
    public Optional<String> end() {
        if (!wanted.getAsBoolean() || isAlive()) {
            missingSince.set(null);
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        missingSince.compareAndSet(null, now);
        Long since = missingSince.get();
        boolean over = since != null && now - since > LIMIT.toNanos();
        return over ? Optional.of("the thread " + name + " ended") : Optional.empty();
    }

    private boolean isAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name) && thread.isAlive());
    }
}
