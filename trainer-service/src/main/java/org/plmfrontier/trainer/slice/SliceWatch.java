package org.plmfrontier.trainer.slice;

import java.io.IOException;

/**
 * Asked between the steps of a slice whether it is to go on, on the training thread; and about its state, on the thread that
 * writes it.
 */
@FunctionalInterface
public interface SliceWatch {
    /** What is to become of the slice. */
    enum Demand {
        /** Train on. */
        GO_ON,
        /** This trainer must leave, or the run is stopped: report the steps that are done; whoever continues does so behind them. */
        HAND_OVER,
        /** The run has a new owner, was deleted, or there is no time: nothing of the slice counts. */
        ABANDON
    }

    Demand demand();

    /** Whether nothing of the slice can be published any more; unlike one that is abandoned it may be whole. */
    default boolean isLost() {
        return demand() == Demand.ABANDON;
    }

    /**
     * Waits a while after the slice's state could not be written; on the thread that writes.
     *
     * @return whether to try again; the steps of the slice are kept meanwhile
     */
    default boolean tryAgain(IOException failure) {
        return false;
    }

    /** The slice's state begins to be written; on the thread that writes. */
    default void writing() {}

    /** The slice's state is written, or given up; on the thread that writes. */
    default void written() {}
}
