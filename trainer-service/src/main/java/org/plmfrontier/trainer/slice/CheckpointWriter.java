package org.plmfrontier.trainer.slice;

import java.io.IOException;

/** Writes states while training goes on, one after the other in the order in which they were begun. */
public interface CheckpointWriter {
    /**
     * Whether a copy of a state may be held in host memory for it; else training waits while the state is written.
     *
     * @param bytes of the state
     */
    boolean mayHold(long bytes);

    /**
     * Begins to write a state.
     *
     * @param watch asked whether to try again where the store fails, and told when the write ends
     */
    CheckpointWrite begin(Source state, SliceWatch watch);

    /** What is written. */
    interface Source extends AutoCloseable {
        /** Brings the state into the store; may be called again after a failure. */
        void save() throws IOException;

        /** It is in the store or is given up: its copy in memory is freed. */
        @Override
        void close();
    }
}
