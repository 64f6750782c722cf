package org.plmfrontier.fitting.study;

import java.util.Objects;
import org.plmfrontier.contracts.event.TrainingEvent;

/** An event and its place in the log. */
public record LoggedEvent(TrainingEvent event, int partition, long offset) {
    public LoggedEvent {
        Objects.requireNonNull(event, "event");
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "partition and offset must not be negative, got " + partition + ":" + offset);
        }
    }

    /** Whether the event says something of the runs that a study shows. */
    public boolean isOfCurves() {
        return switch (event) {
            case TrainingEvent.SliceCompleted ignored -> false;
            case TrainingEvent.CheckpointRefused ignored -> false;
            case TrainingEvent.DownstreamEvaluated ignored -> false;
            default -> true;
        };
    }
}
