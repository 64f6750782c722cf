package org.plmfrontier.fitting.publication;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.study.Note;

/**
 * What people wrote of a study or of one of its runs.
 *
 * @param run id of the run; null where the note is of the study
 * @param text may have several lines; may be empty
 * @param tags words by which studies and runs are found
 */
public record NoteView(String study, @Nullable String run, String text, List<String> tags, Instant updatedAt) {
    public static NoteView of(Note note) {
        return new NoteView(
                note.studyId(),
                note.runId().isEmpty() ? null : note.runId(),
                note.text(),
                note.tags(),
                note.updatedAt());
    }
}
