package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.evaluation.EvaluationStore.KeptState;

/** A slice of a run. */
@Entity
@Table(name = "slice")
@IdClass(SliceRow.Key.class)
class SliceRow extends PanacheEntityBase {
    /** Run and number of the slice. */
    static class Key implements Serializable {
        String runId;
        int slice;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.slice == slice && key.runId.equals(runId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(runId, slice);
        }
    }

    @Id
    @Column(name = "run_id")
    String runId;

    @Id
    int slice;

    int emission;

    @Column(name = "from_record")
    long fromRecord;

    @Column(name = "to_record")
    long toRecord;

    @Column(name = "expected_flops")
    double expectedFlops;

    /** Percentages of evaluations within runs, with commas; null where none wants the state at the slice's end. */
    @Nullable
    String marks;

    /** Whether the state at the slice's end was let go, once no evaluation wanted it any more. */
    boolean released;

    static SliceRow of(BatchJob job, int emission) {
        SliceRow row = new SliceRow();
        row.runId = job.run().runId();
        row.slice = job.slice();
        row.emission = emission;
        row.fromRecord = job.fromRecord();
        row.toRecord = job.toRecord();
        row.expectedFlops = job.expectedFlops();
        row.marks = job.marks() == null
                ? null
                : job.marks().stream().map(String::valueOf).collect(Collectors.joining(","));
        return row;
    }

    BatchJob job(RunSpec run) {
        return new BatchJob(run, slice, fromRecord, toRecord, expectedFlops, percents());
    }

    KeptState keptState() {
        return new KeptState(runId, slice, toRecord, percents());
    }

    private List<Double> percents() {
        return marks == null
                ? List.of()
                : Stream.of(marks.split(",")).map(Double::valueOf).toList();
    }
}
