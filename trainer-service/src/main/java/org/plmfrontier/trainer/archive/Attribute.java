package org.plmfrontier.trainer.archive;

/** An attribute of a script object as it stands in the archive. */
public sealed interface Attribute {
    /** {@code bool}. */
    record Flag(boolean value) implements Attribute {}

    /** {@code int}, 64 bits. */
    record Whole(long value) implements Attribute {}

    /** {@code float}, 64 bits. */
    record Real(double value) implements Attribute {}

    /** {@code List[Tensor]}, empty; the tensors are handed over after loading. */
    record NoTensors() implements Attribute {}
}
