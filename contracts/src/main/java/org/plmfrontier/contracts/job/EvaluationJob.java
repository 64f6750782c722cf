package org.plmfrontier.contracts.job;

import java.util.Objects;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/**
 * A checkpoint to be evaluated, as one message; any trainer may take it.
 *
 * @param run carried whole, so a trainer needs no other source
 * @param checkpoint name within the store
 * @param step optimiser steps of the checkpoint
 * @param tokens training tokens of the checkpoint
 * @param computeFlops training FLOPs of the checkpoint
 * @param evaluation what is measured
 */
public record EvaluationJob(
        RunSpec run, String checkpoint, long step, double tokens, double computeFlops, EvaluationSpec evaluation) {
    public EvaluationJob {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(evaluation, "evaluation");
        if (step < 0 || !(tokens >= 0) || !(computeFlops >= 0)) {
            throw new IllegalArgumentException("evaluation of run " + run.runId() + " at step " + step + ", " + tokens
                    + " tokens, " + computeFlops + " FLOPs");
        }
    }
}
