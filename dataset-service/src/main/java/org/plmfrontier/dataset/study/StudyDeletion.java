package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunCommand.Action;
import org.plmfrontier.dataset.refusal.UnknownException;

/**
 * Deletes studies, everywhere and for good. First the intention is stored, and the study is not shown any more. Then trainers are
 * told to stop its active runs, and to drop the jobs, the pointers and the checkpoints of all of them. Then {@link RunDeleted} is
 * published for each run. The rows go last. Each step may be done again, so whatever a crash or an absent broker left undone is
 * done by {@link #complete}: the intention is there as long as a row is. Thread-safe.
 */
public final class StudyDeletion {
    private final Studies studies;
    private final StudyStore store;
    private final JobLog jobs;
    private final InstantSource clock;

    /** @param studies whose monitor is held, so that nothing is published of a study while it is deleted */
    public StudyDeletion(Studies studies, StudyStore store, JobLog jobs, InstantSource clock) {
        this.studies = studies;
        this.store = store;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Deletes a study, or runs that only the log knows of one. A deletion that is half done is completed.
     *
     * @param reason one sentence for people; empty where none is given
     * @param by who wants it; empty where nobody says
     * @throws UnknownException where there is no such study
     */
    public DeletedStudy delete(String id, String reason, String by) {
        synchronized (studies) {
            Optional<Deletion> begun = store.deletions().stream()
                    .filter(deletion -> deletion.studyId().equals(id))
                    .findFirst();
            return complete(begun.orElseGet(() -> begin(id, reason, by)));
        }
    }

    /**
     * Completes deletions that are half done.
     *
     * @return how many studies were deleted by it
     */
    public int complete() {
        synchronized (studies) {
            List<Deletion> begun = store.deletions();
            begun.forEach(this::complete);
            return begun.size();
        }
    }

    /** The time is not before the study's, even if the clock was put back: what is deleted was there before. */
    private Deletion begin(String id, String reason, String by) {
        Optional<Study> study = store.find(id);
        if (study.isEmpty() && store.loggedRuns(id).isEmpty()) {
            throw new UnknownException("study", id);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant at = study.map(Study::createdAt).filter(now::isBefore).orElse(now);
        Deletion deletion = new Deletion(id, reason, by, at);
        store.begin(deletion);
        return deletion;
    }

    private DeletedStudy complete(Deletion deletion) {
        String id = deletion.studyId();
        List<StudyRun> planned = store.runs(id);
        List<String> stopped = planned.stream()
                .filter(StudyRun::isActive)
                .map(run -> run.spec().runId())
                .toList();
        List<String> runs = Stream.concat(
                        planned.stream().map(StudyRun::spec),
                        store.loggedRuns(id).stream().map(LoggedRun::spec))
                .map(run -> run.runId())
                .distinct()
                .toList();
        long slices = planned.stream().mapToLong(StudyRun::slices).sum();
        stopped.forEach(run -> command(run, Action.STOP, deletion));
        runs.forEach(run -> command(run, Action.DELETE, deletion));
        jobs.delete(runs.stream()
                .map(run -> new RunDeleted(id, run, deletion.reason(), deletion.by(), deletion.at()))
                .toList());
        store.remove(id);
        return new DeletedStudy(id, runs, stopped, slices);
    }

    private void command(String run, Action action, Deletion deletion) {
        String reason = deletion.reason().isEmpty() ? "its study was deleted" : deletion.reason();
        jobs.command(new RunCommand(run, action, reason, deletion.by(), deletion.at()));
    }
}
