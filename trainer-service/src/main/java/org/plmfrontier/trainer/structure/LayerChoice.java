package org.plmfrontier.trainer.structure;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * Whose hidden states are probed.
 *
 * @param number one layer; empty for the last one
 * @param every whether each layer is probed by itself
 */
record LayerChoice(OptionalInt number, boolean every) {
    static final LayerChoice LAST = new LayerChoice(OptionalInt.empty(), false);
    static final LayerChoice EVERY = new LayerChoice(OptionalInt.empty(), true);

    /** Reads {@code last}, {@code all} or a number from 0. */
    static LayerChoice of(String text) throws UnusableDataException {
        return switch (text) {
            case "last" -> LAST;
            case "all" -> EVERY;
            default -> {
                if (!text.matches("\\d{1,4}")) {
                    throw new UnusableDataException(
                            "option layer must be a number from 0, 'last' or 'all', got '" + text + "'");
                }
                yield new LayerChoice(OptionalInt.of(Integer.parseInt(text)), false);
            }
        };
    }

    /** Layers of a model, ascending. */
    int[] of(int last) {
        return every ? IntStream.rangeClosed(0, last).toArray() : new int[] {number.orElse(last)};
    }

    /** What measures of a layer are of. */
    String subject(int layer) {
        return every || number.isPresent() ? "layer " + layer : "";
    }
}
