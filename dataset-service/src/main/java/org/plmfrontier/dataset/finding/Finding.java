package org.plmfrontier.dataset.finding;

import java.util.Objects;

/**
 * All oddities of one class in a corpus's sources.
 *
 * @param type the class
 * @param count how often, in the unit that the class states
 * @param first where it was seen first
 */
public record Finding(FindingClass type, long count, Place first) {
    public Finding {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(first, "first");
        if (count <= 0) {
            throw new IllegalArgumentException("count of " + type + " must be positive, got " + count);
        }
    }
}
