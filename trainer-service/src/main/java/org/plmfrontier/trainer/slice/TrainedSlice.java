package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.residency.WarmRun;

/**
 * A slice that is trained and not published yet, with the model that is ahead of what counts. Closing it before
 * {@link #published} frees that model: the run continues from its pointer. Not thread-safe.
 */
public final class TrainedSlice implements AutoCloseable {
    private final SliceReport report;
    private final RunSpec run;
    private final @Nullable String checkpointBefore;
    private @Nullable WarmRun warm;

    private final CheckpointStore store;
    private final ResidentRuns resident;

    /**
     * A slice to publish.
     *
     * @param before where the run stood; null where nothing of it was trained
     * @param warm the model at the report's pointer; null where the run has diverged and keeps none
     */
    TrainedSlice(
            SliceReport report,
            RunSpec run,
            @Nullable CheckpointPointer before,
            @Nullable WarmRun warm,
            CheckpointStore store,
            ResidentRuns resident) {
        this.report = report;
        this.run = run;
        this.checkpointBefore = before == null ? null : before.checkpoint();
        this.warm = warm;
        this.store = store;
        this.resident = resident;
    }

    public SliceReport report() {
        return report;
    }

    /**
     * The report is committed: the run stays warm, and states that neither a pointer nor a budget needs are deleted.
     *
     * @throws IOException where states could not be deleted; the slice counts all the same
     */
    public void published() throws IOException {
        WarmRun kept = warm;
        warm = null;
        if (kept == null) {
            return;
        }
        resident.keep(kept);
        Set<String> keep = new HashSet<>();
        keep.add(Objects.requireNonNull(report.pointer().checkpoint()));
        if (checkpointBefore != null) {
            keep.add(checkpointBefore);
        }
        store.prune(report.pointer().runId(), keep, budgetSteps());
    }

    @Override
    public void close() {
        WarmRun dropped = warm;
        warm = null;
        if (dropped != null) {
            dropped.model().close();
        }
    }

    private Set<Long> budgetSteps() {
        return run.budgets().stream()
                .map(budget -> budget.endRecord() / run.recipe().recordsPerStep())
                .collect(Collectors.toSet());
    }
}
