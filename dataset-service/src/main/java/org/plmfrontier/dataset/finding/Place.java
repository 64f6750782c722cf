package org.plmfrontier.dataset.finding;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in the input something is.
 *
 * @param file the source as it was named, without credentials
 * @param line line number from 1
 * @param detail what was seen there, one phrase; null where the class says it all
 */
public record Place(String file, long line, @Nullable String detail) {
    public Place {
        Objects.requireNonNull(file, "file");
        if (line < 1) {
            throw new IllegalArgumentException("line must be at least 1, got " + line);
        }
    }

    /** Without a detail. */
    public Place(String file, long line) {
        this(file, line, null);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
