package org.plmfrontier.contracts.evaluation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * A state of a run to be evaluated, as one message; any trainer may take it. Messages of a run are taken one after the other, so
 * that a release comes behind the evaluations of its state.
 *
 * @param run carried whole, so a trainer needs no other source
 * @param record training records that the run had seen
 * @param evaluation what is measured; null where nothing more will be: a state that was kept for evaluations alone is released
 */
public record EvaluationJob(
        RunSpec run, long record, @Nullable EvaluationSpec evaluation) {
    public EvaluationJob {
        Objects.requireNonNull(run, "run");
        if (record <= 0) {
            throw new IllegalArgumentException("evaluation of run " + run.runId() + " at record " + record);
        }
    }

    /** Nothing more is measured of a state. */
    public static EvaluationJob release(RunSpec run, long record) {
        return new EvaluationJob(run, record, null);
    }

    /** Optimiser steps of the state. */
    public long step() {
        return record / run.recipe().recordsPerStep();
    }
}
