package org.plmfrontier.trainer.engine;

import java.io.IOException;
import org.plmfrontier.trainer.parameter.TensorSink;

/**
 * A copy of a model's state in host memory, which stays as it is while the model trains on. It holds 12 bytes per parameter
 * until it is closed. May be used and closed by another thread than the model's, by one at a time.
 */
public interface StateSnapshot extends AutoCloseable {
    /** Writes the whole state, see {@link org.plmfrontier.trainer.parameter.StateLayout}; may be called again. */
    void save(TensorSink sink) throws IOException;

    /** Frees the memory. */
    @Override
    void close();
}
