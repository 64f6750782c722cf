package org.plmfrontier.fitting.study;

import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;

/**
 * What became of a run, besides its losses. Times are to the microsecond, as a database keeps them.
 *
 * @param changes of its state, in the order in which they happened
 * @param slices in their order; those that were done before the service kept them are missing
 * @param refusals checkpoints that could not be used, in the order in which they were tried
 */
public record RunHistory(List<RunStateChanged> changes, List<SliceCompleted> slices, List<CheckpointRefused> refusals) {
    public RunHistory {
        changes = List.copyOf(changes);
        slices = List.copyOf(slices);
        refusals = List.copyOf(refusals);
    }
}
