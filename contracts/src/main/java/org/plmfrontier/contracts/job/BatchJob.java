package org.plmfrontier.contracts.job;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The next slice of one run's training, as one message. Jobs of a run follow each other without gap; slices are cut at
 * about equal FLOPs, so the backlog of jobs is the compute left.
 *
 * @param run the run; carried whole, so a trainer needs no other source
 * @param slice number of the slice within its run, from 0
 * @param fromRecord first token-log position of the slice
 * @param toRecord position after the last one; a multiple of the recipe's records per step
 * @param expectedFlops training FLOPs of the slice, unpadded
 * @param marks which evaluations within runs want the state at the end of the slice, each by the per cent of the run's compute
 *     between two of its states; that state is kept until it is released. Null where none wants it
 */
public record BatchJob(
        RunSpec run,
        int slice,
        long fromRecord,
        long toRecord,
        double expectedFlops,
        @Nullable List<Double> marks) {
    /** A slice whose last state no evaluation within runs wants. */
    public BatchJob(RunSpec run, int slice, long fromRecord, long toRecord, double expectedFlops) {
        this(run, slice, fromRecord, toRecord, expectedFlops, null);
    }

    public BatchJob {
        Objects.requireNonNull(run, "run");
        if (slice < 0) {
            throw new IllegalArgumentException("slice must not be negative, got " + slice);
        }
        if (fromRecord < 0 || toRecord <= fromRecord) {
            throw new IllegalArgumentException("slice " + slice + " of run " + run.runId() + " is empty: records "
                    + fromRecord + " to " + toRecord);
        }
        int step = run.recipe().recordsPerStep();
        if (fromRecord % step != 0 || toRecord % step != 0) {
            throw new IllegalArgumentException("slice " + slice + " of run " + run.runId() + ", records " + fromRecord
                    + " to " + toRecord + ", does not hold whole steps of " + step + " records");
        }
        if (!(expectedFlops > 0)) {
            throw new IllegalArgumentException("expectedFlops must be positive, got " + expectedFlops);
        }
        marks = marks == null || marks.isEmpty() ? null : List.copyOf(marks);
    }

    /** Whether the state at the end of the slice is kept until it is released. */
    public boolean keepsState() {
        return marks != null;
    }

    /** The same slice of a run whose specification has grown, or is named otherwise. */
    public BatchJob of(RunSpec other) {
        return new BatchJob(other, slice, fromRecord, toRecord, expectedFlops, marks);
    }
}
