package org.plmfrontier.fitting.intake;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.ImportedNames;
import org.plmfrontier.fitting.study.ImportedStudy;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** Makes a study of a file. Thread-safe. */
public final class Importer implements ImportedNames {
    /** Ids of runs are made of the study's id and must not get too long. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");

    /** No id of a request or of the log has this sign, so what has it collides with none. */
    private static final String SET_ASIDE = "~import";

    private static final int MOST_NAMES = 1000;
    private static final Pattern KEPT_ID = Pattern.compile(ID.pattern() + "(" + SET_ASIDE + "(-\\d+)?)?");

    private final ImportStore store;
    private final Studies studies;
    private final StepThinning thinning;
    private final Forgetting forgetting;

    /** Retracts what was published of a study. */
    @FunctionalInterface
    public interface Forgetting {
        /**
         * Nothing of the study is published while it is removed; what was published is retracted.
         *
         * @param removal takes the study away, or throws
         */
        void forget(String studyId, Runnable removal);
    }

    /**
     * An importer.
     *
     * @param thinning which rows of long runs stay in memory
     */
    public Importer(ImportStore store, Studies studies, StepThinning thinning, Forgetting forgetting) {
        this.store = store;
        this.studies = studies;
        this.thinning = thinning;
        this.forgetting = forgetting;
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
        requireId(studyId);
        Optional<Study> known = studies.find(studyId);
        if (known.isPresent()) {
            return outcome(known.get(), content, false);
        }
        ImportNote note = store.keep(studyId, content, file.get());
        if (!note.content().equals(content)) {
            return new Outcome.Taken(otherFile(studyId));
        }
        return added(studyId, content);
    }

    /** A study of the suite may have begun while the file was read: it keeps the id. */
    private Outcome added(String studyId, String content) {
        ImportedStudy imported = store.read(studyId, thinning);
        try {
            studies.add(imported);
        } catch (IllegalArgumentException taken) {
            store.delete(studyId);
        }
        return outcome(studies.find(studyId).orElseThrow(), content, true);
    }

    /**
     * Deletes an imported study everywhere.
     *
     * @return false where there is none of that id
     */
    public boolean delete(String studyId) {
        if (!KEPT_ID.matcher(studyId).matches() || store.note(studyId).isEmpty()) {
            return false;
        }
        forgetting.forget(studyId, () -> {
            store.delete(studyId);
            studies.removeImported(studyId);
        });
        return true;
    }

    /** Imports whose ids studies of the suite have too give way, before any of them is in memory. */
    public void separate() {
        store.sharedIds().forEach(this::renamed);
    }

    @Override
    public void giveWayTo(Set<String> studyIds) {
        studyIds.stream().filter(this::isImported).forEach(id -> forgetting.forget(id, () -> setAside(id)));
    }

    private boolean isImported(String studyId) {
        return studies.find(studyId).flatMap(Study::note).isPresent();
    }

    private void setAside(String studyId) {
        String newId = renamed(studyId);
        ImportedStudy imported = store.read(newId, thinning);
        studies.removeImported(studyId);
        studies.add(imported);
    }

    private String renamed(String studyId) {
        for (int i = 1; i <= MOST_NAMES; i++) {
            String newId = studyId + SET_ASIDE + (i == 1 ? "" : "-" + i);
            if (store.rename(studyId, newId)) {
                return newId;
            }
        }
        throw new IllegalStateException("import '" + studyId + "' cannot give way to the study of that id");
    }

    /**
     * Checks the id of a study to be.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static void requireId(String studyId) {
        if (!ID.matcher(studyId).matches()) {
            throw new IllegalArgumentException("study '" + studyId
                    + "' must be of lower-case letters, digits, '.', '_' and '-', at most 80, and begin with a letter"
                    + " or digit");
        }
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
