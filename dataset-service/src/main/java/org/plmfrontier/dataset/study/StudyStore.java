package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.run.RunProgress;

/** Remembers studies with their runs, slices and progress. Thread-safe. */
public interface StudyStore {
    /** The loads of a corpus's training records. */
    LoadProfile profile(String corpusId);

    /** Adds a study with all its runs and slices unless one of its id is there; whether it was added. */
    boolean add(StudyPlan plan, Instant at);

    /**
     * Gives a study its larger specification, its runs their further budgets and slices, and adds those runs that are
     * new. Until {@link #published} the study counts as not published.
     *
     * @param plan all runs of the larger study, and the added slices alone
     */
    void extend(StudyPlan plan, Instant at);

    /** Remembers that all jobs of a study are on the topic. */
    void published(String studyId);

    Optional<Study> find(String studyId);

    /** All studies, oldest first. */
    List<Study> all();

    /** Runs of a study in the order of its grid. */
    List<StudyRun> runs(String studyId);

    /** All runs that are neither completed nor diverged nor stopped; those that were extended count as not completed. */
    List<StudyRun> activeRuns();

    /** The work left over all studies. */
    Backlog backlog();

    /** How many runs are in each state; states without runs may be absent. */
    Map<RunState, Long> runsByState();

    Optional<StudyRun> run(String runId);

    /** Jobs of a study in the order in which they are published. */
    List<BatchJob> jobs(String studyId);

    /**
     * Reads a run's progress, changes it and writes it, in one transaction.
     *
     * @return whether there is such a run
     */
    boolean advance(String runId, UnaryOperator<RunProgress> change);
}
