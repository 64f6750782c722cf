package org.plmfrontier.trainer.slice;

import java.io.IOException;

/** Asked between the steps of a slice whether it is to go on; called on the training thread. */
@FunctionalInterface
public interface SliceWatch {
    /** What is to become of the slice. */
    enum Demand {
        /** Train on. */
        GO_ON,
        /** This trainer must leave, or the run is stopped: report the steps that are done; whoever continues does so behind them. */
        HAND_OVER,
        /** The run has a new owner, or there is no time: nothing of the slice counts. */
        ABANDON
    }

    Demand demand();

    /**
     * Waits a while after a state could not be written.
     *
     * @return whether to try again; the steps of the slice are kept meanwhile
     */
    default boolean tryAgain(IOException failure) {
        return false;
    }
}
