package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDManager;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Arrays of steps whose numbers are read, until the engine's thread has time to free them. {@link #add} is thread-safe. */
final class ArrivedSteps implements AutoCloseable {
    private final Queue<NDManager> arrays = new ConcurrentLinkedQueue<>();

    void add(NDManager step) {
        arrays.add(step);
    }

    /** Frees what is there; on the engine's thread. */
    @Override
    public void close() {
        NDManager step = arrays.poll();
        while (step != null) {
            step.close();
            step = arrays.poll();
        }
    }
}
