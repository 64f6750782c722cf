package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.study.RunProgress;
import org.plmfrontier.dataset.study.StudyRun;

/** A run with its progress. */
@Entity
@Table(name = "run")
class RunRow extends PanacheEntityBase {
    @Id
    @Column(name = "run_id")
    String runId;

    @Column(name = "study_id")
    String studyId;

    int place;
    String spec;

    @Column(name = "job_partition")
    int partition;

    int slices;

    @Column(name = "expected_flops")
    double expectedFlops;

    @Embedded
    ProgressColumns progress;

    static RunRow of(RunSpec run, int place, int partition, int slices, RunProgress progress) {
        RunRow row = new RunRow();
        row.runId = run.runId();
        row.studyId = run.studyId();
        row.partition = partition;
        row.extend(run, place, slices);
        row.progress = ProgressColumns.of(progress);
        return row;
    }

    void extend(RunSpec run, int newPlace, int addedSlices) {
        place = newPlace;
        spec = JsonColumn.write(run);
        slices += addedSlices;
        expectedFlops = run.expectedFlops();
    }

    RunSpec spec() {
        return JsonColumn.read(spec, RunSpec.class);
    }

    StudyRun studyRun() {
        return new StudyRun(spec(), partition, slices, progress.progress(runId));
    }
}
