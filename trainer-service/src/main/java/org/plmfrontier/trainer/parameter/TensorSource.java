package org.plmfrontier.trainer.parameter;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a model's state comes from: a checkpoint, or a seed. */
@FunctionalInterface
public interface TensorSource {
    /**
     * The values of one tensor.
     *
     * @return little-endian float32, row-major, exactly {@link TensorSpec#bytes()} remaining
     * @throws IOException where the source cannot be read
     */
    ByteBuffer read(TensorSpec tensor) throws IOException;
}
