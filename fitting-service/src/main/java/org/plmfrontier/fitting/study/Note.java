package org.plmfrontier.fitting.study;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What people wrote of a study or of one of its runs.
 *
 * @param runId empty where it is of the study
 * @param text may have several lines; may be empty
 * @param tags words by which studies and runs are found, in the order in which they were given
 * @param updatedAt to the microsecond, as a database keeps it
 */
public record Note(String studyId, String runId, String text, List<String> tags, Instant updatedAt) {
    public Note {
        Objects.requireNonNull(studyId, "studyId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(updatedAt, "updatedAt");
        tags = List.copyOf(tags);
    }

    /** Whether nothing is written in it. */
    public boolean isEmpty() {
        return text.isEmpty() && tags.isEmpty();
    }
}
