package org.plmfrontier.trainer.slice;

import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;

/** The weights with which a run is to begin are absent, damaged or of another shape; trying again does not help. */
public final class UnusableWeightsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableWeightsException(RunSpec run, CheckpointRefusedException cause) {
        super("initialWeights '" + run.initialWeights() + "' of run " + run.runId() + ": " + cause.reason(), cause);
    }
}
