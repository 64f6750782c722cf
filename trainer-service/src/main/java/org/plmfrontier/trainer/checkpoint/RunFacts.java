package org.plmfrontier.trainer.checkpoint;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossParts;

/**
 * What a reader of a state wants to know of the run that made it; kept with the state, so that a store explains itself.
 *
 * @param trainingNats mean loss of the steps since the checkpoint before; null where there were none
 * @param heldOutNats loss on the held-out set, where a budget ends at this state; else null
 * @param trainer who wrote it
 * @param heldOutParts the held-out loss by what the model saw; null where there is none, of causal families and in states of
 *     old
 */
public record RunFacts(
        RunSpec run,
        @Nullable Double trainingNats,
        @Nullable Double heldOutNats,
        String trainer,
        Instant at,
        @Nullable LossParts heldOutParts) {
    public RunFacts {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(trainer, "trainer");
        Objects.requireNonNull(at, "at");
    }
}
