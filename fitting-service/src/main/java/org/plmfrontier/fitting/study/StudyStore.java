package org.plmfrontier.fitting.study;

import java.util.List;
import java.util.function.Consumer;
import org.plmfrontier.contracts.event.TrainingEvent;

/** Where events are kept, so that the studies can be rebuilt after a restart. */
public interface StudyStore {

    /** Keeps a batch of events, all or none; those kept already change nothing. */
    void keep(List<? extends TrainingEvent> events);

    /**
     * Tells all events again, in batches of bounded size, plans first. SliceCompleted events and all state changes but
     * the last of each run may be missing: they change nothing.
     */
    void replay(Consumer<List<TrainingEvent>> batches);

    /**
     * Tells all steps of a run, ascending and complete, in batches of bounded size.
     *
     * @param runId a run without kept events has no steps
     */
    void steps(String runId, Consumer<List<TrainingEvent>> batches);
}
