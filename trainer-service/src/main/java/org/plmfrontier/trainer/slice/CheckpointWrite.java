package org.plmfrontier.trainer.slice;

import java.io.IOException;

/** A state on its way into the store. For the thread that trains. */
public interface CheckpointWrite {
    /**
     * Whether the state survives a crash of the machine; does not wait.
     *
     * @throws IOException where it is not in the store and is not tried again
     */
    boolean isDurable() throws IOException;

    /** Waits a moment for the write to end, so that its slice is looked after meanwhile. */
    void await() throws InterruptedException;

    /** Nobody wants the state any more: it is not tried again. May be called again, and after the end. */
    void drop();

    /** Time from the beginning to the end, seconds; only once it is durable. */
    double seconds();
}
