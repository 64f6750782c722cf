package org.plmfrontier.dataset.study;

import java.util.OptionalDouble;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.CheckpointSpacing;

/**
 * By what trainers said of the checkpoints of a store's runs.
 *
 * @param assumed until a run of the shape had a checkpoint
 */
public record MeasuredSpacing(CheckpointTimes times, StudyStore store, CheckpointSpacing assumed)
        implements CheckpointSpacing {
    @Override
    public double seconds(RunSpec run) {
        OptionalDouble heldUp = times.at(run, id -> store.run(id).map(StudyRun::spec));
        return heldUp.isPresent() ? heldUp.getAsDouble() / SHARE : assumed.seconds(run);
    }
}
