package org.plmfrontier.dataset.corpus;

/** A build ends because somebody asked for that. */
public final class BuildCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BuildCancelledException() {
        super(BuildProgress.CANCELLED);
    }
}
