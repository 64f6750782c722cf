package org.plmfrontier.trainer.checkpoint;

import java.util.Objects;

/**
 * What a stored state says of itself; whether it is whole shows when it is opened.
 *
 * @param name in the store
 */
public record StoredState(String name, RunFacts facts, RunProgress progress) {
    public StoredState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(progress, "progress");
    }
}
