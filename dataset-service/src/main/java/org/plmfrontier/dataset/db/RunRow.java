package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.run.RunProgress;
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

    @Enumerated(EnumType.STRING)
    RunState state;

    long step;
    double tokens;

    @Column(name = "compute_flops")
    double computeFlops;

    @Column(name = "last_slice")
    int lastSlice;

    @Column(name = "updated_at")
    Instant updatedAt;

    static RunRow of(RunSpec run, int place, int partition, int slices, Instant at) {
        RunRow row = new RunRow();
        row.runId = run.runId();
        row.studyId = run.studyId();
        row.partition = partition;
        row.extend(run, place, slices);
        row.set(RunProgress.planned(run.runId(), at));
        return row;
    }

    void extend(RunSpec run, int newPlace, int addedSlices) {
        place = newPlace;
        spec = JsonColumn.write(run);
        slices += addedSlices;
        expectedFlops = run.expectedFlops();
    }

    void set(RunProgress progress) {
        state = progress.state();
        step = progress.step();
        tokens = progress.tokens();
        computeFlops = progress.computeFlops();
        lastSlice = progress.lastSlice();
        updatedAt = progress.updatedAt();
    }

    RunProgress progress() {
        return new RunProgress(runId, state, step, tokens, computeFlops, lastSlice, updatedAt);
    }

    RunSpec spec() {
        return JsonColumn.read(spec, RunSpec.class);
    }

    StudyRun studyRun() {
        return new StudyRun(spec(), partition, slices, progress());
    }
}
