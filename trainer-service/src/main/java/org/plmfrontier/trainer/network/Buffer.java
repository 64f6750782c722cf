package org.plmfrontier.trainer.network;

import java.util.List;
import java.util.Objects;

/** A vector in a model file that is not trained. */
public record Buffer(String name, List<Float> values) {
    public Buffer {
        Objects.requireNonNull(name, "name");
        values = List.copyOf(values);
    }
}
