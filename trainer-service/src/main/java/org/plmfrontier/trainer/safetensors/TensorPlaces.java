package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.plmfrontier.trainer.safetensors.SafetensorsHeader.Entry;

/** Tensors lie one behind the other from the first byte on, each as long as its shape says. */
final class TensorPlaces {
    /** Bits of a value by its type (safetensors, Dtype::bitsize). */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("F4", 4),
            Map.entry("F6_E2M3", 6),
            Map.entry("F6_E3M2", 6),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("C64", 64),
            Map.entry("F64", 64),
            Map.entry("I64", 64),
            Map.entry("U64", 64));

    private TensorPlaces() {}

    /**
     * Holds all entries against each other and each against its shape.
     *
     * @throws IOException with the first tensor that is not where, or not as long as, it must be
     */
    static void require(Map<String, Entry> tensors) throws IOException {
        List<Map.Entry<String, Entry>> inOrder = tensors.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Entry>>comparingLong(
                                tensor -> tensor.getValue().begin())
                        .thenComparingLong(tensor -> tensor.getValue().end()))
                .toList();
        long place = 0;
        for (Map.Entry<String, Entry> tensor : inOrder) {
            Entry entry = tensor.getValue();
            if (entry.begin() != place) {
                throw new IOException("tensor '" + tensor.getKey() + "' begins at byte " + entry.begin() + ", "
                        + (entry.begin() < place ? "inside the one before it, which ends at " : "behind a gap from ")
                        + place);
            }
            long bytes = bytes(tensor.getKey(), entry);
            if (entry.bytes() != bytes) {
                throw new IOException("tensor '" + tensor.getKey() + "' has " + entry.bytes() + " bytes, its kind "
                        + entry.type() + entry.shape() + " has " + bytes);
            }
            place = entry.end();
        }
    }

    private static long bytes(String name, Entry entry) throws IOException {
        Integer bits = BITS.get(entry.type());
        if (bits == null) {
            throw new IOException("tensor '" + name + "' is of the unknown dtype '" + entry.type() + "'");
        }
        try {
            long all = bits;
            for (int dimension : entry.shape()) {
                all = Math.multiplyExact(all, dimension);
            }
            if (all % Byte.SIZE != 0) {
                throw new IOException("tensor '" + name + "' of kind " + entry.type() + entry.shape()
                        + " does not end with a whole byte");
            }
            return all / Byte.SIZE;
        } catch (ArithmeticException e) {
            throw new IOException("tensor '" + name + "' has the impossible shape " + entry.shape(), e);
        }
    }
}
