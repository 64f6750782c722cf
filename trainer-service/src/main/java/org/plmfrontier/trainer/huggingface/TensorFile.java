package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tensor file of any origin, open for reading. Not thread-safe. */
public interface TensorFile extends AutoCloseable {
    /**
     * A tensor's kind.
     *
     * @param type F32, F16, BF16 ...
     * @param shape row-major dimensions
     */
    record Entry(String type, List<Integer> shape) {
        public Entry {
            shape = List.copyOf(shape);
        }
    }

    /** What is there, by name. */
    Map<String, Entry> tensors();

    /** Raw little-endian values of a tensor. */
    ByteBuffer read(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** Opens files. */
    @FunctionalInterface
    interface Opener {
        TensorFile open(Path file) throws IOException;
    }
}
