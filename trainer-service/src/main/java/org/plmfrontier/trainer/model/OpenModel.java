package org.plmfrontier.trainer.model;

import java.util.Objects;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.checkpoint.StoredState;

/** A state that was found whole, open for reading. Not thread-safe. */
public record OpenModel(StoredState about, SavedState state) implements AutoCloseable {
    public OpenModel {
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(state, "state");
    }

    @Override
    public void close() {
        state.close();
    }
}
