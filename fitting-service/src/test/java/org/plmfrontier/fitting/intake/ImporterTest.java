package org.plmfrontier.fitting.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.ImportedStudy;
import org.plmfrontier.fitting.study.Origin;
import org.plmfrontier.fitting.study.Refusal;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TextSource;

class ImporterTest {
    private final MemoryStore store = new MemoryStore();
    private final List<String> forgotten = new ArrayList<>();
    private final Studies studies = new Studies(StepThinning.USUAL);
    private final Importer importer = new Importer(store, studies, StepThinning.USUAL, (study, removal) -> {
        forgotten.add(study);
        removal.run();
    });

    @Test
    void theSameContentIsOneStudyAndOtherContentIsRefused() {
        assertThat(take("file", "hash-1"))
                .isInstanceOfSatisfying(
                        Importer.Outcome.Done.class,
                        done -> assertThat(done.fresh()).isTrue());
        assertThat(take("file", "hash-1"))
                .isInstanceOfSatisfying(
                        Importer.Outcome.Done.class,
                        done -> assertThat(done.fresh()).isFalse());
        assertThat(take("file", "hash-2")).isInstanceOf(Importer.Outcome.Taken.class);
        assertThat(studies.all()).hasSize(1);
    }

    @Test
    void aStudyOfTheSuiteIsNeverReplaced() {
        studies.add(PlantedStudy.ofMany("trained", 1, 30, 5).all());
        assertThat(take("trained", "hash-1")).isInstanceOf(Importer.Outcome.Taken.class);
        assertThat(store.kept).isEmpty();
    }

    @Test
    void anImportedStudyTakesNoEvents() {
        take("file", "hash-1");
        List<Refusal> refusals =
                studies.add(PlantedStudy.ofMany("file", 1, 30, 5).plans());
        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().reason()).contains("came from a file");
        assertThat(studies.find("file").orElseThrow().knownRuns()).hasSize(1);
    }

    @Test
    void anImportGivesWayToAStudyOfItsIdUnderANameThatNoRequestAndNoLogCanGive() {
        take("file", "hash-1");
        importer.giveWayTo(Set.of("file", "unknown"));
        assertThat(studies.add(PlantedStudy.ofMany("file", 1, 30, 5).plans())).isEmpty();
        assertThat(studies.find("file").orElseThrow().note()).isEmpty();
        Study aside = studies.find("file~import").orElseThrow();
        assertThat(aside.knownRuns()).hasSize(1).allMatch(run -> run.runId().equals("file~import.import.1"));
        assertThat(forgotten).containsExactly("file");
        assertThatThrownBy(() -> take("file~import", "hash-1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(take("file", "hash-1")).isInstanceOf(Importer.Outcome.Taken.class);
    }

    @Test
    void aStudyThatBeginsWhileAFileOfItsIdIsReadKeepsTheId() {
        store.meanwhile =
                () -> studies.add(PlantedStudy.ofMany("file", 1, 30, 5).plans());
        assertThat(take("file", "hash-1"))
                .isInstanceOfSatisfying(
                        Importer.Outcome.Taken.class,
                        taken -> assertThat(taken.reason()).contains("'file'"));
        assertThat(store.kept).isEmpty();
        assertThat(studies.find("file").orElseThrow().note()).isEmpty();
    }

    @Test
    void whatIsDeletedIsForgottenAndCanBeImportedAnew() {
        take("file", "hash-1");
        assertThat(importer.delete("file")).isTrue();
        assertThat(importer.delete("file")).isFalse();
        assertThat(studies.all()).isEmpty();
        assertThat(store.kept).isEmpty();
        assertThat(forgotten).containsExactly("file");
        assertThat(take("file", "hash-2")).isInstanceOf(Importer.Outcome.Done.class);
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThatThrownBy(() -> take("Not An Id", "hash-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not An Id");
    }

    private Importer.Outcome take(String id, String content) {
        return importer.take(id, content, () -> new TableFile(TextSource.of(List.of()), ColumnMapping.usual()));
    }

    /** Keeps one run of one row per study, whatever the file. */
    private static final class MemoryStore implements ImportStore {
        private final Map<String, ImportNote> kept = new TreeMap<>();
        private Runnable meanwhile = () -> {};

        @Override
        public ImportNote keep(String studyId, String content, TableFile file) {
            meanwhile.run();
            return kept.computeIfAbsent(studyId, id -> new ImportNote(content, true, 1, 0, List.of()));
        }

        @Override
        public Optional<ImportNote> note(String studyId) {
            return Optional.ofNullable(kept.get(studyId));
        }

        @Override
        public ImportedStudy read(String studyId, StepThinning thinning) {
            String runId = studyId + ".import.1";
            RunCurve curve = RunCurve.of(runId, 1e6, List.of(new CurvePoint(1, 1e8, 6e14, 6e14, 3, 0)));
            Run run = new Run(
                    studyId,
                    runId,
                    Optional.of(new Origin.Imported("r", 1e6, "")),
                    curve,
                    Optional.empty(),
                    Optional.empty());
            return new ImportedStudy(studyId, note(studyId).orElseThrow(), List.of(run));
        }

        @Override
        public boolean delete(String studyId) {
            return kept.remove(studyId) != null;
        }

        @Override
        public boolean rename(String studyId, String newId) {
            ImportNote note = kept.remove(studyId);
            kept.put(newId, note);
            return true;
        }

        @Override
        public List<String> sharedIds() {
            return List.of();
        }

        @Override
        public void replay(StepThinning thinning, Consumer<ImportedStudy> studies) {
            kept.keySet().forEach(id -> studies.accept(read(id, thinning)));
        }

        @Override
        public Findings findings(String studyId, int most) {
            return new Findings(Map.of(), List.of());
        }
    }
}
