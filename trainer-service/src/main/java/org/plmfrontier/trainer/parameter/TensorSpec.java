package org.plmfrontier.trainer.parameter;

import java.util.List;
import java.util.Objects;

/**
 * One float32 tensor of a run's state.
 *
 * @param name as its architecture names it, with a prefix for the optimiser's moments
 * @param shape row-major dimensions
 * @param start its values before the first step
 */
public record TensorSpec(String name, List<Integer> shape, InitialValues start) {
    public TensorSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(start, "start");
        shape = List.copyOf(shape);
        for (int dimension : shape) {
            if (dimension <= 0) {
                throw new IllegalArgumentException("tensor " + name + " has the shape " + shape);
            }
        }
    }

    /** A tensor of the given dimensions. */
    public static TensorSpec of(String name, InitialValues start, Integer... shape) {
        return new TensorSpec(name, List.of(shape), start);
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

    /** A moment of this tensor: the same shape under {@code prefix + name}, beginning at 0. */
    TensorSpec moment(String prefix) {
        return new TensorSpec(prefix + name, shape, InitialValues.ZEROS);
    }
}
