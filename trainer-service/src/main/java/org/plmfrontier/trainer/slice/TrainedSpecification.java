package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.StoredState;

/**
 * What was trained of a run, by its pointer or, where that is of an older trainer, by its checkpoint. A run is its
 * specification: two that share an id must not share a state.
 */
record TrainedSpecification(CheckpointStore store) {
    private static final int MOST_NAMED = 3;

    /** Both hashes and the first parts that differ, one sentence; empty where nothing contradicts the run. */
    Optional<String> contradiction(RunSpec run, CheckpointPointer pointer) throws IOException {
        String wanted = run.specification();
        if (wanted.equals(pointer.specification())) {
            return Optional.empty();
        }
        RunSpec stored = stored(pointer.checkpoint());
        String trained = pointer.specification() != null
                ? pointer.specification()
                : stored == null ? wanted : stored.specification();
        if (trained.equals(wanted)) {
            return Optional.empty();
        }
        List<String> parts = stored == null ? List.of() : run.differencesFrom(stored);
        return Optional.of("the job is of specification %s, run %s was trained to record %d under %s%s"
                .formatted(
                        wanted,
                        run.runId(),
                        pointer.progress().position(),
                        trained,
                        parts.isEmpty()
                                ? ""
                                : ": " + String.join(", ", parts.subList(0, Math.min(MOST_NAMED, parts.size())))));
    }

    private @Nullable RunSpec stored(@Nullable String checkpoint) throws IOException {
        if (checkpoint == null) {
            return null;
        }
        return store.describe(checkpoint)
                .map(StoredState::facts)
                .map(facts -> facts.run())
                .orElse(null);
    }
}
