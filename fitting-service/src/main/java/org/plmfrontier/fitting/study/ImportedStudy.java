package org.plmfrontier.fitting.study;

import java.util.List;
import java.util.Objects;

/**
 * A study from a file, as the store keeps it.
 *
 * @param runs all of them with their curves and finals
 */
public record ImportedStudy(String id, ImportNote note, List<Run> runs) {
    public ImportedStudy {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(note, "note");
        runs = List.copyOf(runs);
    }
}
