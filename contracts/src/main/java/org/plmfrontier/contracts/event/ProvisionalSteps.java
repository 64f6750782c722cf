package org.plmfrontier.contracts.event;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.contracts.job.Identifiers;

/**
 * A value of the topic training-progress, keyed by run id: steps of a slice that trains, published as they happen and
 * outside of any transaction. They may be lost, and their slice may never be committed; they are shown apart and never fitted.
 *
 * @param slice number of the slice within its run, from 0
 * @param leaseGeneration generation of the trainers' group in which the trainer was assigned the run's partition; of two
 *     trainers that believe to own a run, the one with the higher generation does
 * @param trainer name of the process
 * @param steps at least one and at most {@value #MOST_STEPS}, ascending
 */
public record ProvisionalSteps(
        String studyId, String runId, int slice, int leaseGeneration, String trainer, List<ProvisionalStep> steps) {
    /** Most steps of one record: with them it stays well below the broker's usual limit of a megabyte. */
    public static final int MOST_STEPS = 2_000;

    public ProvisionalSteps {
        Identifiers.require("studyId", Objects.requireNonNull(studyId, "studyId"));
        Identifiers.require("runId", Objects.requireNonNull(runId, "runId"));
        Objects.requireNonNull(trainer, "trainer");
        steps = List.copyOf(steps);
        if (slice < 0) {
            throw new IllegalArgumentException("slice of run " + runId + " must not be negative, got " + slice);
        }
        if (leaseGeneration < 0) {
            throw new IllegalArgumentException(
                    "leaseGeneration of run " + runId + " must not be negative, got " + leaseGeneration);
        }
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "run " + runId + " must have 1 to " + MOST_STEPS + " provisional steps, got " + steps.size());
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).step() <= steps.get(i - 1).step()) {
                throw new IllegalArgumentException("provisional steps of run " + runId + " must ascend, got "
                        + steps.get(i).step() + " after " + steps.get(i - 1).step());
            }
        }
    }
}
