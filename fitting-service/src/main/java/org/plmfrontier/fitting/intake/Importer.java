package org.plmfrontier.fitting.intake;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** Makes a study of a file. Thread-safe. */
public final class Importer {
    /** Ids of runs are made of the study's id and must not get too long. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");

    private final ImportStore store;
    private final Studies studies;
    private final StepThinning thinning;

    /**
     * An importer.
     *
     * @param thinning which rows of long runs stay in memory
     */
    public Importer(ImportStore store, Studies studies, StepThinning thinning) {
        this.store = store;
        this.studies = studies;
        this.thinning = thinning;
    }

    /** What became of a file. */
    public sealed interface Outcome {
        /**
         * The study is there.
         *
         * @param fresh whether this call made it; else the same file was imported before
         */
        record Done(Study study, boolean fresh) implements Outcome {}

        /** There is another study of this id. */
        record Taken(String reason) implements Outcome {}
    }

    /**
     * Imports a file.
     *
     * @param content hash of the file and of its column mapping
     * @param file opened only if it is needed
     * @throws IllegalArgumentException if the id is none
     * @throws org.plmfrontier.fitting.table.BadTableException where the file is no table of losses
     * @throws UnusableFileException where no row is usable
     */
    public Outcome take(String studyId, String content, Supplier<TableFile> file) {
        if (!ID.matcher(studyId).matches()) {
            throw new IllegalArgumentException("study '" + studyId
                    + "' must be of lower-case letters, digits, '.', '_' and '-', at most 80, and begin with a letter"
                    + " or digit");
        }
        Optional<Study> known = studies.find(studyId);
        if (known.isPresent()) {
            return outcome(known.get(), content, false);
        }
        ImportNote note = store.keep(studyId, content, file.get());
        if (!note.content().equals(content)) {
            return new Outcome.Taken(otherFile(studyId));
        }
        studies.add(store.read(studyId, thinning));
        return outcome(studies.find(studyId).orElseThrow(), content, true);
    }

    private static Outcome outcome(Study study, String content, boolean fresh) {
        if (study.note().isEmpty()) {
            return new Outcome.Taken("study '" + study.id() + "' is one that the suite trains");
        }
        return study.note().get().content().equals(content)
                ? new Outcome.Done(study, fresh)
                : new Outcome.Taken(otherFile(study.id()));
    }

    private static String otherFile(String studyId) {
        return "study '" + studyId + "' was imported from another file or with other columns";
    }
}
