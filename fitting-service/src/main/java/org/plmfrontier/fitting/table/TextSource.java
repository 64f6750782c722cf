package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.stream.Stream;

/** A text that can be read again and again. */
@FunctionalInterface
public interface TextSource {
    /** The lines without their ends, from the first one; to be closed. */
    Stream<String> lines();

    /** What was found when the bytes were made text. */
    default List<Finding> notes() {
        return List.of();
    }

    /** A text in memory. */
    static TextSource of(List<String> lines) {
        return List.copyOf(lines)::stream;
    }
}
