package org.plmfrontier.runtime.turn;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets one thread at a time do expensive work; few others wait. Work that takes too long, or that nobody waits for any more,
 * is interrupted and has to end by itself. Thread-safe.
 */
public final class Turns {
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger inside = new AtomicInteger();
    private final Bounds bounds;
    private final ScheduledExecutorService timer;

    /**
     * How much is taken on.
     *
     * @param waiting most that wait while one works
     * @param queueTime how long one waits at most
     * @param limit how long the work may take
     */
    public record Bounds(int waiting, Duration queueTime, Duration limit) {
        public Bounds {
            if (waiting < 0) {
                throw new IllegalArgumentException("waiting must not be negative, got " + waiting);
            }
            if (queueTime.isNegative()) {
                throw new IllegalArgumentException("queueTime must not be negative, got " + queueTime);
            }
            if (!limit.isPositive()) {
                throw new IllegalArgumentException("limit must be positive, got " + limit);
            }
        }
    }

    /** Nobody works. */
    public Turns(Bounds bounds, ScheduledExecutorService timer) {
        this.bounds = bounds;
        this.timer = timer;
    }

    /**
     * Does the work on this thread, once it is its turn.
     *
     * @param whenGone is given what to call when nobody waits for the answer any more
     * @throws NoTurnException where too many wait, the work took too long, or its asker is gone
     */
    public <T> T take(Consumer<Runnable> whenGone, Supplier<T> work) {
        if (inside.incrementAndGet() > 1 + bounds.waiting()) {
            inside.decrementAndGet();
            throw new NoTurnException(
                    NoTurnException.Reason.FULL,
                    "one such request is answered at a time and " + bounds.waiting()
                            + " wait already, ask again later");
        }
        Interruption interruption = new Interruption(Thread.currentThread());
        try {
            whenGone.accept(() -> interruption.fire(NoTurnException.Reason.GONE));
            return inTurn(interruption, work);
        } finally {
            interruption.end();
            inside.decrementAndGet();
        }
    }

    private <T> T inTurn(Interruption interruption, Supplier<T> work) {
        try {
            if (!turn.tryAcquire(bounds.queueTime().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NoTurnException(
                        NoTurnException.Reason.FULL,
                        "another such request is still being answered after " + seconds(bounds.queueTime())
                                + " s, ask again later");
            }
        } catch (InterruptedException e) {
            throw interruption.explained(e, seconds(bounds.limit()));
        }
        ScheduledFuture<?> alarm = timer.schedule(
                () -> interruption.fire(NoTurnException.Reason.TOO_LONG),
                bounds.limit().toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw interruption.explained(e, seconds(bounds.limit()));
        } finally {
            alarm.cancel(false);
            turn.release();
        }
    }

    private static String seconds(Duration time) {
        return String.valueOf(time.toMillis() / 1000.0);
    }
}
