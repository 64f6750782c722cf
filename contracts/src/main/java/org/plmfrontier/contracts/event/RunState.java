package org.plmfrontier.contracts.event;

/**
 * Where a run is in its life.
 *
 * <pre>
 * PLANNED -> TRAINING -> COMPLETED
 *               |  ^  ^       |
 *               v  |  +-------+ when its study is extended
 *            STOPPED        TRAINING -> DIVERGED
 * </pre>
 */
public enum RunState {
    /** Jobs are written, nothing is trained. */
    PLANNED,
    /** At least one slice is trained. */
    TRAINING,
    /** A command stopped it; a later one can resume it. */
    STOPPED,
    /** The loss became NaN or infinite; no point of the broken slice was published. */
    DIVERGED,
    /** The last budget is spent; a further one leads back to training. */
    COMPLETED;

    /** Whether no further slice will be trained unless somebody intervenes. */
    public boolean isFinal() {
        return this == DIVERGED || this == COMPLETED;
    }

    /** Whether a run may go from this state to the other. */
    public boolean mayBecome(RunState next) {
        return switch (this) {
            case PLANNED -> next == TRAINING || next == STOPPED || next == DIVERGED || next == COMPLETED;
            case TRAINING -> next == STOPPED || next == DIVERGED || next == COMPLETED;
            case STOPPED -> next == TRAINING || next == PLANNED;
            case COMPLETED -> next == TRAINING || next == STOPPED;
            case DIVERGED -> false;
        };
    }
}
