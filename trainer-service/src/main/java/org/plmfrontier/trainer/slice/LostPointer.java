package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StateNames;
import org.plmfrontier.trainer.checkpoint.StoredState;

/**
 * Finds where a run stands whose pointer is lost: the topic of pointers was made anew, the run's events and states are still
 * there. What counts is what its events say: a state may be of a slice that was never published, or older than the last one.
 * Where the events are gone, too, the latest state counts.
 */
record LostPointer(CheckpointStore store) {
    /** What the log says of the job's run; it may be long. */
    @FunctionalInterface
    interface Log {
        PublishedRun read() throws IOException, InterruptedException;
    }

    /**
     * The pointer of the job's run. The log is asked only where it must be: for a job in the middle of its run, or for the first
     * one of a run of which there are states.
     *
     * @param stamp who makes the pointer, and when
     * @return empty where nothing of the run was trained
     */
    Optional<CheckpointPointer> find(BatchJob job, Log log, Stamp stamp) throws IOException, InterruptedException {
        List<String> names = store.names(job.run().runId());
        if (names.isEmpty() && job.fromRecord() == 0) {
            return Optional.empty();
        }
        PublishedRun published = log.read();
        if (!published.isNothing()) {
            return byEvents(job.run(), names, published, stamp);
        }
        return job.fromRecord() == 0 ? Optional.empty() : byStates(job, names, stamp);
    }

    private Optional<CheckpointPointer> byEvents(RunSpec run, List<String> names, PublishedRun published, Stamp stamp)
            throws IOException {
        RunProgress progress = published.progress(run);
        if (progress.step() == 0) {
            return Optional.of(CheckpointPointer.untrained(run, published.state(), stamp));
        }
        Optional<String> name = names.stream()
                .filter(known -> StateNames.stepOf(known) <= progress.step())
                .findFirst()
                .or(() -> Optional.ofNullable(published.slice()).map(slice -> slice.checkpoint()));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        RunSpec trained =
                store.describe(name.get()).map(state -> state.facts().run()).orElse(run);
        CheckpointPointer pointer =
                CheckpointPointer.atEnd(trained, published.lastSlice(), published.state(), progress, name.get(), stamp);
        Integer open = published.openSlice();
        return Optional.of(open == null ? pointer : pointer.inside(open));
    }

    private Optional<CheckpointPointer> byStates(BatchJob job, List<String> names, Stamp stamp) throws IOException {
        for (String name : names) {
            Optional<StoredState> state = store.describe(name)
                    .filter(kept ->
                            kept.facts().run().specification().equals(job.run().specification()));
            if (state.isPresent()) {
                return state.map(kept -> byState(job, kept, stamp));
            }
        }
        return Optional.empty();
    }

    private static CheckpointPointer byState(BatchJob job, StoredState state, Stamp stamp) {
        RunProgress progress = state.progress();
        boolean inside = job.fromRecord() < progress.position()
                && (progress.position() < job.toRecord()
                        || progress.position() == job.toRecord() && lacksEvaluation(job.run(), state));
        CheckpointPointer atEnd =
                CheckpointPointer.atEnd(job.run(), job.slice() - 1, RunState.TRAINING, progress, state.name(), stamp);
        return inside ? atEnd.inside(job.slice()) : atEnd;
    }

    /** Whether a budget ends at a state whose trainer left before the evaluation. */
    private static boolean lacksEvaluation(RunSpec run, StoredState state) {
        return state.facts().heldOutNats() == null
                && run.budgets().stream()
                        .anyMatch(
                                budget -> budget.endRecord() == state.progress().position());
    }
}
