package org.plmfrontier.trainer.checkpoint;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.parameter.TensorSource;

/** A state that can be read, and how far its run was. Not thread-safe. */
public interface SavedState extends TensorSource, AutoCloseable {
    RunProgress progress();

    /** Hash of what was trained; null where that is not known. */
    default @Nullable String specification() {
        return null;
    }

    @Override
    void close();
}
