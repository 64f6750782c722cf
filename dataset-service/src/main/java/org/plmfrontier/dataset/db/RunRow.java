package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.plmfrontier.contracts.job.BatchJob;
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

    @Column(name = "planned_step")
    long plannedStep;

    @Column(name = "end_step")
    long endStep;

    @Column(name = "device_flops_per_second")
    Double deviceFlopsPerSecond;

    @Column(name = "expected_flops")
    double expectedFlops;

    @Embedded
    ProgressColumns progress;

    /** A run all of whose slices are those that are done. */
    static RunRow of(RunSpec run, int place, int partition, RunProgress progress) {
        RunRow row = new RunRow();
        row.runId = run.runId();
        row.studyId = run.studyId();
        row.partition = partition;
        row.extend(run, place);
        row.progress = ProgressColumns.of(progress);
        row.slices = progress.lastSlice() + 1;
        row.plannedStep = progress.step();
        return row;
    }

    void extend(RunSpec run, int newPlace) {
        place = newPlace;
        spec = JsonColumn.write(run);
        endStep = run.endRecord() / run.recipe().recordsPerStep();
        expectedFlops = run.expectedFlops();
    }

    /** A slice behind those that it has. */
    void cut(BatchJob slice) {
        slices = Math.max(slices, slice.slice() + 1);
        plannedStep =
                Math.max(plannedStep, slice.toRecord() / slice.run().recipe().recordsPerStep());
    }

    RunSpec spec() {
        return JsonColumn.read(spec, RunSpec.class);
    }

    StudyRun studyRun() {
        RunSpec run = spec();
        return new StudyRun(run, partition, slices, run.position(plannedStep), progress.progress(runId));
    }
}
