package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.study.LoggedRun;
import org.plmfrontier.dataset.study.RunProgress;

/** A run that the log has and no study. */
@Entity
@Table(name = "logged_run")
class LoggedRunRow extends PanacheEntityBase {
    @Id
    @Column(name = "run_id")
    String runId;

    @Column(name = "study_id")
    String studyId;

    String spec;

    @Embedded
    ProgressColumns progress;

    static LoggedRunRow of(RunPlanned run, String spec) {
        LoggedRunRow row = new LoggedRunRow();
        row.runId = run.runId();
        row.studyId = run.studyId();
        row.spec = spec;
        row.progress = ProgressColumns.of(RunProgress.planned(run.runId(), run.at()));
        return row;
    }

    LoggedRun run() {
        return new LoggedRun(JsonColumn.read(spec, RunSpec.class), progress.progress(runId));
    }
}
