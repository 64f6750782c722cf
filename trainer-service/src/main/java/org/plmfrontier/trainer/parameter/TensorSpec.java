package org.plmfrontier.trainer.parameter;

import java.util.List;
import java.util.Objects;

/**
 * Name and shape of one float32 tensor of a run's state.
 *
 * @param name as in fair-esm, with a prefix for the optimiser's moments
 * @param shape row-major dimensions
 */
public record TensorSpec(String name, List<Integer> shape) {
    public TensorSpec {
        Objects.requireNonNull(name, "name");
        shape = List.copyOf(shape);
        for (int dimension : shape) {
            if (dimension <= 0) {
                throw new IllegalArgumentException("tensor " + name + " has the shape " + shape);
            }
        }
    }

    static TensorSpec of(String name, Integer... shape) {
        return new TensorSpec(name, List.of(shape));
    }

    /** Number of values. */
    public int size() {
        int size = 1;
        for (int dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }

    /** Size as float32. */
    public long bytes() {
        return (long) size() * Float.BYTES;
    }

    /** The same shape under {@code prefix + name}. */
    public TensorSpec prefixed(String prefix) {
        return new TensorSpec(prefix + name, shape);
    }
}
