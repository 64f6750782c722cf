package org.plmfrontier.fitting.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TextSource;

class ImporterTest {
    private final MemoryStore store = new MemoryStore();
    private final Studies studies = new Studies(StepThinning.USUAL);
    private final Importer importer = new Importer(store, studies, StepThinning.USUAL);

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

        @Override
        public ImportNote keep(String studyId, String content, TableFile file) {
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
        public void replay(StepThinning thinning, Consumer<ImportedStudy> studies) {
            kept.keySet().forEach(id -> studies.accept(read(id, thinning)));
        }

        @Override
        public Findings findings(String studyId, int most) {
            return new Findings(Map.of(), List.of());
        }
    }
}
