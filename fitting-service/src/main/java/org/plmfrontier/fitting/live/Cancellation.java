package org.plmfrontier.fitting.live;

import java.util.concurrent.CancellationException;

/** Ends a computation whose thread was interrupted, because nobody waits for it or it took too long. */
final class Cancellation {
    private Cancellation() {}

    /**
     * Called between the parts of a fit.
     *
     * @throws CancellationException where the thread was interrupted
     */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the fit was given up");
        }
    }
}
