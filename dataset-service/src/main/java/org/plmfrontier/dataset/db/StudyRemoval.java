package org.plmfrontier.dataset.db;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;

/**
 * Deletes rows of studies and runs, within the caller's transaction. The deletion of a study and its own events, which come back
 * from the log, do the same at the same time: so they take turns, and rows that are gone already are no failure.
 */
final class StudyRemoval {
    private static final String TURN = "lock table deleted_run in share row exclusive mode";

    private StudyRemoval() {}

    /** A study with all its rows. */
    static void study(String studyId) {
        awaitTurn();
        List<RunRow> runs = RunRow.list("studyId = ?1 order by runId", studyId);
        runs.forEach(run -> run(run.runId, studyId));
        List<LoggedRunRow> logged = LoggedRunRow.list("studyId = ?1 order by runId", studyId);
        logged.forEach(run -> run(run.runId, studyId));
        row(studyId);
    }

    /**
     * Runs that the log says are deleted, but those whose study is newer than that; the last run takes its study with it. Before
     * the transaction locks any other row.
     */
    static void runs(Collection<RunDeleted> deleted) {
        if (!deleted.isEmpty()) {
            awaitTurn();
            deleted.forEach(StudyRemoval::run);
        }
    }

    private static void awaitTurn() {
        DeletedRunRow.getEntityManager().createNativeQuery(TURN).executeUpdate();
    }

    private static void run(RunDeleted deleted) {
        RunRow run = RunRow.findById(deleted.runId(), LockModeType.PESSIMISTIC_WRITE);
        if (run != null && StudyRow.<StudyRow>findById(run.studyId).createdAt.isAfter(deleted.at())) {
            return;
        }
        String studyId = run == null ? deleted.studyId() : run.studyId;
        run(deleted.runId(), studyId);
        if (run != null && RunRow.count("studyId", studyId) == 0) {
            row(studyId);
        }
    }

    private static void run(String runId, String studyId) {
        SliceRow.delete("runId", runId);
        RunRow.delete("runId", runId);
        LoggedRunRow.delete("runId", runId);
        DeletedRunRow.keep(runId, studyId);
    }

    private static void row(String studyId) {
        StudyRow.delete("id", studyId);
        EvaluationRow.delete("key.studyId", studyId);
        AskedRow.delete("key.studyId", studyId);
        DeletionRow.delete("studyId", studyId);
    }
}
