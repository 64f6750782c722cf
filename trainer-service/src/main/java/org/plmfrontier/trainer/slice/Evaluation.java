package org.plmfrontier.trainer.slice;

/** What came of the held-out evaluation at a step. */
sealed interface Evaluation {
    /** No budget ends at this step. */
    record NotDue() implements Evaluation {}

    /** The loss is finite and among the slice's events. */
    record Done() implements Evaluation {}

    /** The slice was to end before the held-out set was read to its end; whoever continues evaluates again. */
    record Interrupted() implements Evaluation {}

    /**
     * The model has diverged.
     *
     * @param lossNats infinite or not a number
     */
    record NotFinite(double lossNats) implements Evaluation {
        public NotFinite {
            if (Double.isFinite(lossNats)) {
                throw new IllegalArgumentException("lossNats must not be finite, is " + lossNats);
            }
        }
    }
}
