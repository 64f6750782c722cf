package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * One float32 tensor of a model file.
 *
 * @param name in the file
 * @param shape row-major dimensions
 * @param values read when they are written; little-endian float32
 */
public record NamedTensor(String name, List<Integer> shape, Values values) {
    /** Where the numbers come from. */
    @FunctionalInterface
    public interface Values {
        ByteBuffer read() throws IOException;
    }

    public NamedTensor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(values, "values");
        shape = List.copyOf(shape);
    }
}
