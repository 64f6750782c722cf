package org.plmfrontier.contracts.job;

import java.util.Objects;

/**
 * The next slice of one run's training, as one message. Jobs of a run follow each other without gap; slices are cut at
 * about equal FLOPs, so the backlog of jobs is the compute left.
 *
 * @param run the run; carried whole, so a trainer needs no other source
 * @param slice number of the slice within its run, from 0
 * @param fromRecord first token-log position of the slice
 * @param toRecord position after the last one; a multiple of the recipe's records per step
 * @param expectedFlops training FLOPs of the slice, unpadded
 */
public record BatchJob(RunSpec run, int slice, long fromRecord, long toRecord, double expectedFlops) {
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
    }
}
