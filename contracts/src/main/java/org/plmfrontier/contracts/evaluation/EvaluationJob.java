package org.plmfrontier.contracts.evaluation;

import java.util.Objects;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * The state of a run at the end of a budget, to be evaluated, as one message; any trainer may take it.
 *
 * @param run carried whole, so a trainer needs no other source
 * @param record training records that the run had seen
 * @param evaluation what is measured
 */
public record EvaluationJob(RunSpec run, long record, EvaluationSpec evaluation) {
    public EvaluationJob {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(evaluation, "evaluation");
        if (record <= 0) {
            throw new IllegalArgumentException("evaluation of run " + run.runId() + " at record " + record);
        }
    }
}
