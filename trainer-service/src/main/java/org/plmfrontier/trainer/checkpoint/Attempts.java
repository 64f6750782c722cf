package org.plmfrontier.trainer.checkpoint;

import java.io.IOException;

/**
 * Attempts at jobs, written down before they begin, so that a job that ends its trainer's process is known to the next one.
 * Shared by all trainers of a store; thread-safe.
 */
public interface Attempts {
    /**
     * How many attempts began and did not end in order, by whomever.
     *
     * @param delivery names the job's record; the same job sent again has another one
     */
    int open(String runId, String delivery) throws IOException;

    /** Writes down that an attempt begins; when it returns, that survives the end of this process. */
    Attempt begin(String runId, String delivery) throws IOException;

    /** Forgets all attempts at a run's jobs: it went on, or was given up. */
    void clear(String runId) throws IOException;

    /** An attempt that has begun. */
    @FunctionalInterface
    interface Attempt {
        /** It ended in order, whatever became of it, and does not count; may be called again. */
        void end() throws IOException;
    }
}
