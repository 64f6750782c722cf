package org.plmfrontier.trainer.slice;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.trainer.assignment.CheckpointPointer;

/**
 * What is to be published of a slice or of a part of it, all or nothing.
 *
 * @param events in the order of their steps
 * @param pointer where the run stands afterwards
 * @param jobDone whether the job is consumed; else its rest is still to be trained
 */
public record SliceReport(List<TrainingEvent> events, CheckpointPointer pointer, boolean jobDone) {
    public SliceReport {
        events = List.copyOf(events);
        Objects.requireNonNull(pointer, "pointer");
    }

    /** Steps among the events. */
    public int steps() {
        return (int) events.stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .count();
    }
}
