package org.plmfrontier.fitting.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.ImportedStudy;
import org.plmfrontier.fitting.table.Finding;

/** Where imported studies are kept, with what was found wrong with their files. */
public interface ImportStore {

    /** Most runs of one file: a page of more is of no use, and a file of more has probably lost its run column. */
    int MOST_RUNS = 10_000;

    /**
     * Keeps a file as a study, wholly or not at all. If the study is kept already the file is not read.
     *
     * @param content hash of the file
     * @return the note of the study that is now kept, this file's or an earlier one's
     * @throws org.plmfrontier.fitting.table.BadTableException where the file is no table of losses
     * @throws UnusableFileException where no row is usable
     */
    ImportNote keep(String studyId, String content, TableFile file);

    /** What is known of a kept study. */
    Optional<ImportNote> note(String studyId);

    /** A kept study with its curves, thinned. */
    ImportedStudy read(String studyId, StepThinning thinning);

    /**
     * Deletes a kept study with all that is known of it.
     *
     * @return false where there is none of that id
     */
    boolean delete(String studyId);

    /**
     * Gives a kept study another id, and a finding that says so.
     *
     * @return whether it is done: else there is no such study, or the new id is that of another one
     */
    boolean rename(String studyId, String newId);

    /** Ids that a kept study and a study of the suite have both, as after a crash between the two. */
    List<String> sharedIds();

    /** Passes on all kept studies, one after the other. */
    void replay(StepThinning thinning, Consumer<ImportedStudy> studies);

    /**
     * The findings of a file.
     *
     * @param counts by kind, all of them
     * @param first in the file's order, at most as many as asked
     */
    record Findings(Map<Finding.Kind, Long> counts, List<Finding> first) {
        public Findings {
            counts = Map.copyOf(counts);
            first = List.copyOf(first);
        }
    }

    /** The findings of a kept study; none for others. */
    Findings findings(String studyId, int most);
}
