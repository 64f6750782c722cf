package org.plmfrontier.fitting.study;

import java.util.List;

/** Where notes are kept. They go with their study or run. */
public interface NoteStore {
    /** The notes of all studies, without those of runs, ascending by study. */
    List<Note> ofStudies();

    /** The notes of a study and its runs, the study's first, then ascending by run. */
    List<Note> of(String studyId);

    /** Keeps a note in place of the one before; one that is empty leaves none. */
    void keep(Note note);
}
