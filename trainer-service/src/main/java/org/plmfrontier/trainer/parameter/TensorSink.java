package org.plmfrontier.trainer.parameter;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a model's state goes, tensor by tensor in the order of {@link StateLayout#all()}. */
@FunctionalInterface
public interface TensorSink {
    /**
     * Takes one tensor.
     *
     * @param values little-endian float32, row-major; only valid during the call
     * @throws IOException where it cannot be stored
     */
    void write(TensorSpec tensor, ByteBuffer values) throws IOException;
}
