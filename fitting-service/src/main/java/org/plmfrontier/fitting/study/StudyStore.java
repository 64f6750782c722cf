package org.plmfrontier.fitting.study;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.fitting.curve.CurvePoint;

/** Where events are kept, so that the studies can be rebuilt after a restart. */
public interface StudyStore {

    /**
     * Keeps a batch of events of a log, all or none, together with how far the log is read by then; events kept already
     * change nothing. A deletion takes away all that is kept of its run, and what follows of that run is not kept, see
     * {@link DeletedRuns}.
     *
     * @param log identity of the log; one that was made anew under the same name is another one
     * @param readTo where to go on after these events
     */
    void keep(List<LoggedEvent> events, String log, Offsets readTo);

    /** Where to go on in a log: nothing for one that was never read, as after the store was emptied. */
    Offsets readTo(String log);

    /** How far each study was observed in a log. */
    Map<String, Offsets> observed(String log);

    /**
     * Tells all events again, in batches of bounded size, deletions before all others, then plans first. SliceCompleted events and all state changes but
     * the last of each run may be missing: they change nothing.
     *
     * @param evicted studies of whose steps only the last of each run is received
     */
    void replay(Set<String> evicted, Consumer<List<TrainingEvent>> batches);

    /** Tells all events again, see {@link #replay(Set, Consumer)}. */
    default void replay(Consumer<List<TrainingEvent>> batches) {
        replay(Set.of(), batches);
    }

    /**
     * Studies of the suite that are over and whose last published frontier is that of all that was observed of them; the one
     * observed last comes first.
     */
    List<String> settled();

    /**
     * Tells all points of a run, ascending and complete, in batches of bounded size.
     *
     * @param runId a run without kept events has no points
     */
    void points(String runId, Consumer<List<CurvePoint>> batches);

    /**
     * Some steps of a run with all that is known of them, ascending: those whose number is a multiple of {@code every}, the first
     * and the last.
     *
     * @param runId a run without kept events has no steps
     * @param every at least 1, which is all
     */
    List<RecordedStep> steps(String runId, long every);

    /**
     * Changes of state, slices and refused checkpoints of a run.
     *
     * @param runId of a run without kept events there is nothing
     */
    RunHistory history(String runId);

    /**
     * What states of a study's runs were measured by beside their loss, by evaluation, run and step; of the same evaluation of the
     * same state the result that came first.
     */
    List<DownstreamEvaluated> evaluations(String studyId);
}
