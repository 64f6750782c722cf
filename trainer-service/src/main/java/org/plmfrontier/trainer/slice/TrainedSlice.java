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
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.residency.WarmRun;

/**
 * A slice that is trained and not published yet, with the model that is ahead of what counts. Its state must be saved before
 * its report may be published. Closing it before {@link #published} frees that model, unless the slice behind has taken it:
 * the run continues from its pointer. Not thread-safe.
 */
public final class TrainedSlice implements AutoCloseable {
    private final SliceAttempt.Outcome outcome;
    private final RunSpec run;
    private final @Nullable String checkpointBefore;
    private final @Nullable WarmRun warm;
    private final CheckpointStore store;
    private final ResidentRuns resident;
    private boolean ended;
    private boolean kept;

    /**
     * A slice to publish.
     *
     * @param before where the run stood; null where nothing of it was trained
     * @param warm the model at the report's pointer; null where the run has diverged and keeps none
     */
    TrainedSlice(
            SliceAttempt.Outcome outcome,
            RunSpec run,
            @Nullable CheckpointPointer before,
            @Nullable WarmRun warm,
            CheckpointStore store,
            ResidentRuns resident) {
        this.outcome = outcome;
        this.run = run;
        this.checkpointBefore = before == null ? null : before.checkpoint();
        this.warm = warm;
        this.store = store;
        this.resident = resident;
    }

    public SliceReport report() {
        return outcome.report();
    }

    RunSpec run() {
        return run;
    }

    /** Size of the state that must be saved, bytes; 0 where there is none, since the run has diverged. */
    long stateBytes() {
        return outcome.state() == null ? 0 : outcome.state().bytes();
    }

    /** The state as the model has it: training waits until it is saved. */
    public CheckpointWriter.Source state() {
        UnsavedState state = Objects.requireNonNull(outcome.state());
        ResidentModel model = Objects.requireNonNull(warm).model();
        return new CheckpointWriter.Source() {
            @Override
            public void save() throws IOException {
                state.saveTo(store, model::save);
            }

            @Override
            public void close() {
                // the model is the slice's
            }
        };
    }

    /** A copy of the state in host memory. The run is warm again at once, so that its next slice can train on. */
    CheckpointWriter.Source copiedState() {
        UnsavedState state = Objects.requireNonNull(outcome.state());
        WarmRun run = Objects.requireNonNull(warm);
        StateSnapshot copy = run.model().snapshot();
        resident.keep(run);
        kept = true;
        return new CheckpointWriter.Source() {
            @Override
            public void save() throws IOException {
                state.saveTo(store, copy::save);
            }

            @Override
            public void close() {
                copy.close();
            }
        };
    }

    /**
     * The report is committed: the run stays warm, and states that neither a pointer nor a budget needs are deleted.
     *
     * @throws IOException where states could not be deleted; the slice counts all the same
     */
    public void published() throws IOException {
        ended = true;
        if (warm == null) {
            return;
        }
        if (!kept) {
            resident.keep(warm);
        }
        Set<String> keep = new HashSet<>();
        keep.add(Objects.requireNonNull(report().pointer().checkpoint()));
        if (checkpointBefore != null) {
            keep.add(checkpointBefore);
        }
        store.prune(run.runId(), keep, budgetSteps());
    }

    @Override
    public void close() {
        if (ended || warm == null) {
            return;
        }
        ended = true;
        if (kept) {
            resident.discard(warm);
        } else {
            warm.model().close();
        }
    }

    private Set<Long> budgetSteps() {
        return run.budgets().stream()
                .map(budget -> budget.endRecord() / run.recipe().recordsPerStep())
                .collect(Collectors.toSet());
    }
}
