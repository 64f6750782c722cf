package org.plmfrontier.dataset.finding;

import java.util.List;
import java.util.Objects;

/**
 * All oddities of one class in a corpus's sources.
 *
 * @param type the class
 * @param count how often, in the unit that the class states
 * @param first where it was seen first
 * @param files the first place in each file that has it, in reading order, the first {@value #MOST_FILES} files;
 *     {@code first} alone in what was stored before there was such a list
 */
public record Finding(FindingClass type, long count, Place first, List<Place> files) {
    /** Files that are named. */
    public static final int MOST_FILES = 100;

    public Finding {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(first, "first");
        files = List.copyOf(Objects.requireNonNullElse(files, List.of(first)));
        if (count <= 0) {
            throw new IllegalArgumentException("count of " + type + " must be positive, got " + count);
        }
    }

    /** Seen in one file. */
    public Finding(FindingClass type, long count, Place first) {
        this(type, count, first, List.of(first));
    }
}
