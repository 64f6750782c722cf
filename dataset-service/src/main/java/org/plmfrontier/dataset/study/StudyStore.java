package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.StudyPlan;

/** Remembers studies with their runs, slices and progress. Thread-safe. */
public interface StudyStore {
    /** How far apart evaluations of a study want states within its runs, in per cent of a run's compute, each once. */
    default Set<Double> marks(String studyId) {
        return Set.of();
    }

    /** The loads of a corpus's training records. */
    LoadProfile profile(String corpusId);

    /**
     * Adds a study with all its runs and slices unless one of its id is there; whether it was added. What was kept of its
     * runs as {@link #loggedRuns} is forgotten.
     *
     * @param progress run id to where it stands; the others are planned
     */
    boolean add(StudyPlan plan, Map<String, RunProgress> progress, Instant at);

    /**
     * Gives a study its larger specification, its runs their further budgets and slices, and adds those runs that are
     * new. Until {@link #published} the study counts as not published.
     *
     * @param plan all runs of the larger study, and the added slices alone
     */
    void extend(StudyPlan plan, Instant at);

    /**
     * Adds slices behind those that runs of a study have. Until {@link #published} the study counts as not published.
     *
     * @param slices run by run in the order of the run
     */
    void cut(String studyId, List<BatchJob> slices);

    /**
     * Remembers that all jobs of a study are on the topic.
     *
     * @param jobsTo how far the topic is written; null where the broker did not say
     */
    void published(String studyId, @Nullable LogPosition jobsTo);

    Optional<Study> find(String studyId);

    /** All studies, oldest first. */
    List<Study> all();

    /** Runs of a study in the order of its grid. */
    List<StudyRun> runs(String studyId);

    /** The active runs of which slices are to be cut. */
    List<StudyRun> runsToCut();

    /** All runs that are neither completed nor diverged nor stopped; those that were extended count as not completed. */
    List<StudyRun> activeRuns();

    /** How many runs are in each state; states without runs may be absent. */
    Map<RunState, Long> runsByState();

    Optional<StudyRun> run(String runId);

    /** Jobs of a study in the order in which they are published. */
    List<BatchJob> jobs(String studyId);

    /**
     * Takes a batch of the log in one transaction: the progress of runs, also of those that no study here has, and how far
     * the log is read. The same batch again changes nothing, and what is said of a run that was deleted changes nothing.
     *
     * @param deleted runs that the log says are deleted, but those of a study that is newer than that; the last run of a study
     *     takes the study with it
     * @param announced runs that the log announces; those that no study here has are kept as {@link #loggedRuns}
     * @param changes run id to what becomes of its progress
     * @return the runs with changes that no study here has, the log did not announce and nobody deleted
     */
    Set<String> take(
            Collection<RunDeleted> deleted,
            Collection<RunPlanned> announced,
            Map<String, UnaryOperator<RunProgress>> changes,
            LogPosition readTo);

    /** Takes a batch in which no run is deleted, see {@link #take(Collection, Collection, Map, LogPosition)}. */
    default Set<String> take(
            Collection<RunPlanned> announced, Map<String, UnaryOperator<RunProgress>> changes, LogPosition readTo) {
        return take(List.of(), announced, changes, readTo);
    }

    /**
     * Remembers that a study is to be deleted, unless that is remembered already. From then on neither it nor its runs are found,
     * counted or cut, but for {@link #runs}, {@link #jobs} and {@link #loggedRuns}.
     */
    void begin(Deletion deletion);

    /** Deletions that are begun, whose studies are not {@linkplain #remove removed} yet; oldest first. */
    List<Deletion> deletions();

    /** Deletes all rows of a study and of its runs, those that only the log knows among them, and its deletion. */
    void remove(String studyId);

    /** Ids of runs of a study of this id that were deleted; they are not given again. */
    Set<String> deletedRuns(String studyId);

    /** Remembers how long evaluations took of models of their runs' sizes; those of no run here are passed over. */
    default void evaluated(Collection<DownstreamEvaluated> results) {}

    /** Remembers how fast a device trained runs, training FLOPs per second; ids of no run here are passed over. */
    void measured(Map<String, Double> flopsPerSecond);

    /**
     * Run id to how fast a device trained it last.
     *
     * @param most of the runs that trained last, no more than this
     */
    Map<String, Double> measured(int most);

    /** How far a log of training events is read; empty partitions where nothing of it was. */
    LogPosition readTo(String log);

    /** Runs of a study that the log has while no study here has them. */
    List<LoggedRun> loggedRuns(String studyId);
}
