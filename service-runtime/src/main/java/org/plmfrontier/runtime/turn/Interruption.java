package org.plmfrontier.runtime.turn;

import org.jspecify.annotations.Nullable;

/** Interrupts one thread while it does one piece of work, and never after. Thread-safe. */
final class Interruption {
    private final Thread thread;
    private NoTurnException.@Nullable Reason reason;
    private boolean over;

    Interruption(Thread thread) {
        this.thread = thread;
    }

    /** Interrupts the work, for the first reason that there is. */
    synchronized void fire(NoTurnException.Reason why) {
        if (!over && reason == null) {
            reason = why;
            thread.interrupt();
        }
    }

    /** The thread's work is over and it is interrupted no more; called by the thread itself. */
    synchronized void end() {
        over = true;
        if (reason != null) {
            clear();
        }
    }

    /** The worker goes back to its pool without the mark. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private static void clear() {
        Thread.interrupted();
    }

    /** What a failure of the work means: an interruption where there was one, else the failure itself. */
    synchronized RuntimeException explained(Exception failure, String limitSeconds) {
        if (reason == NoTurnException.Reason.TOO_LONG) {
            return new NoTurnException(reason, "the answer takes longer than " + limitSeconds + " s and was given up");
        }
        if (reason == NoTurnException.Reason.GONE) {
            return new NoTurnException(reason, "nobody waits for the answer any more");
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new NoTurnException(NoTurnException.Reason.FULL, "the service stops");
        }
        return (RuntimeException) failure;
    }
}
