package org.plmfrontier.trainer.checkpoint;

import org.plmfrontier.trainer.parameter.TensorSource;

/** A state that can be read, and how far its run was. Not thread-safe. */
public interface SavedState extends TensorSource, AutoCloseable {
    RunProgress progress();

    @Override
    void close();
}
