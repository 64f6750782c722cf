package org.plmfrontier.trainer.slice;

/** The slice was given up between two steps, since the trainer stops or no longer owns the run; nothing of it counts. */
public final class SliceAbandonedException extends Exception {
    public SliceAbandonedException(String runId, int slice) {
        super("slice " + slice + " of run " + runId + " abandoned");
    }
}
