package org.plmfrontier.dataset.finding;

import java.util.Objects;

/**
 * Where in the input something is.
 *
 * @param file the source as it was named
 * @param line line number from 1
 */
public record Place(String file, long line) {
    public Place {
        Objects.requireNonNull(file, "file");
        if (line < 1) {
            throw new IllegalArgumentException("line must be at least 1, got " + line);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
