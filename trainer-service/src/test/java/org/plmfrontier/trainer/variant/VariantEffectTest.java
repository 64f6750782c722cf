package org.plmfrontier.trainer.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.ByLetter;

class VariantEffectTest {
    private static final ModelShape MASKED = ModelShape.esm2(1, 16, 2);
    private static final ModelShape CAUSAL = ModelShape.causal(1, 16, 2);
    private static final String LETTERS = "ACDEFGHIKLMNPQRSTVWY";
    private static final String PROTEIN = "MKVLAWTRSG";

    @TempDir
    Path folder;

    private ScanFiles files;

    @BeforeEach
    void wildType() {
        files = new ScanFiles(folder);
    }

    @Test
    void aModelThatScoresAsTheAssayDidGetsOne() throws Exception {
        files.with("scores", "s.csv", scan(1)).with("wildType", "w.fasta", ">any name\n" + PROTEIN + "\n");
        DownstreamEvaluation.Outcome outcome = read().measure(new ByLetter(MASKED));
        assertThat(measure(outcome, "spearman", "s").value()).isCloseTo(1, within(1e-12));
        assertThat(measure(outcome, "spearman", "").value()).isCloseTo(1, within(1e-12));
        assertThat(measure(outcome, "spearman", "s").count()).isEqualTo(190);
        assertThat(measure(outcome, "topRecall", "s").value()).isEqualTo(1);
        assertThat(measure(outcome, "auc", "s").value()).isEqualTo(1);
        assertThat(outcome.findings()).containsExactly("scored by masked-marginals");
    }

    @Test
    void wildTypeMarginalsAndLikelihoodsOrderItLikewise() throws Exception {
        files.with("scores", "s.csv", scan(-1)).with("wildType", "w.fasta", ">p\n" + PROTEIN + "\n");
        assertThat(measure(read().measure(new ByLetter(CAUSAL)), "spearman", "s")
                        .value())
                .as("sums of other summands differ in the last bit, which parts ties")
                .isCloseTo(-1, within(1e-3));
        files.option("scoring", "wt-marginals");
        assertThat(measure(read().measure(new ByLetter(MASKED)), "spearman", "s")
                        .value())
                .isCloseTo(-1, within(1e-12));
    }

    @Test
    void aScoringThatTheFamilyDoesNotHaveGivesNoNumberAndSaysWhy() throws Exception {
        files.with("scores", "s.csv", scan(1)).with("wildType", "w.fasta", ">p\n" + PROTEIN + "\n");
        files.option("scoring", "masked-marginals");
        DownstreamEvaluation.Outcome outcome = read().measure(new ByLetter(CAUSAL));
        assertThat(outcome.measures()).isEmpty();
        assertThat(outcome.findings())
                .containsExactly("scoring masked-marginals needs a masked family, this model is of CAUSAL");
    }

    @Test
    void severalScansAreMatchedByNameAndAveraged() throws Exception {
        files.with("scores", "a.csv", scan(1))
                .with("scores", "b.csv", scan(-1))
                .with("wildType", "a.wt.fasta", ">x\n" + PROTEIN + "\n")
                .with("wildType", "others.fasta", ">b\n" + PROTEIN + "\n>c\nMKV\n");
        DownstreamEvaluation.Outcome outcome = read().measure(new ByLetter(MASKED));
        assertThat(measure(outcome, "spearman", "a").value()).isCloseTo(1, within(1e-12));
        assertThat(measure(outcome, "spearman", "b").value()).isCloseTo(-1, within(1e-12));
        assertThat(measure(outcome, "spearman", "").value()).isCloseTo(0, within(1e-12));
        assertThat(measure(outcome, "spearman", "").count()).isEqualTo(380);
    }

    @Test
    void theReferenceFileGroupsTheMeanAndBringsWildTypes() throws Exception {
        String reference = "DMS_id,UniProt_ID,coarse_selection_type,target_seq\n"
                + "a,P1,Activity," + PROTEIN + "\nb,P1,Activity," + PROTEIN + "\nc,P2,Activity," + PROTEIN
                + "\nd,P1,Binding," + PROTEIN + "\n";
        files.with("reference", "reference.csv", reference)
                .with("scores", "a.csv", scan(1))
                .with("scores", "b.csv", scan(-1))
                .with("scores", "c.csv", scan(1))
                .with("scores", "d.csv", scan(1));
        // Activity: mean of P1 = 0 and P2 = 1; then with Binding = 1.
        Measure mean = measure(read().measure(new ByLetter(MASKED)), "spearman", "");
        assertThat(mean.value()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void fromFiveScansOnTheMeansIntervalIsOfScans() throws Exception {
        String fasta = ">p\n" + PROTEIN + "\n";
        for (int i = 0; i < 5; i++) {
            files.with("scores", "s" + i + ".csv", scan(i == 0 ? -1 : 1)).with("wildType", "s" + i + ".fa", fasta);
        }
        Measure mean = measure(read().measure(new ByLetter(MASKED)), "spearman", "");
        assertThat(mean.value()).isCloseTo(0.6, within(1e-12));
        assertThat(mean.low()).isLessThan(0);
        assertThat(mean.high()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aScanWithOneScoreHasNoCorrelationAndTheOthersHave() throws Exception {
        files.with("scores", "flat.csv", "mutant,DMS_score\nM1A,1\nM1C,1\nM1D,1\nK2A,1\n")
                .with("scores", "s.csv", scan(1))
                .with("wildType", "w.fasta", ">flat\n" + PROTEIN + "\n>s\n" + PROTEIN + "\n");
        VariantEffect evaluation = read();
        assertThat(evaluation.findings())
                .containsExactly("scan 'flat' has one distinct score only: no order to predict");
        DownstreamEvaluation.Outcome outcome = evaluation.measure(new ByLetter(MASKED));
        assertThat(find(outcome.measures(), "spearman", "flat")).isEmpty();
        assertThat(measure(outcome, "spearman", "").value()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aScanThatCannotBeReadIsAFindingAsLongAsAnotherCan() throws Exception {
        files.with("scores", "lost.csv", scan(1))
                .with("scores", "s.csv", scan(1))
                .with("wildType", "s.fasta", ">q\n" + PROTEIN + "\n");
        assertThat(read().findings())
                .singleElement()
                .asString()
                .contains("scan 'lost' has no wild type: known are [q, s]");
        ScanFiles alone = new ScanFiles(folder).with("scores", "lost.csv", scan(1));
        assertThatThrownBy(() -> VariantEffect.read(alone.spec(EvaluationKind.VARIANT_EFFECT), alone::path))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("scan 'lost' has no wild type: there is none");
    }

    @Test
    void optionsThatThereAreNotAreRefusedByName() {
        files.with("scores", "s.csv", scan(1)).with("wildType", "w.fasta", ">p\n" + PROTEIN + "\n");
        files.option("scorer", "x");
        assertThatThrownBy(this::read).hasMessageContaining("option 'scorer'").hasMessageContaining("scoring");
        ScanFiles other = new ScanFiles(folder).option("scoring", "best");
        assertThatThrownBy(() -> VariantEffect.read(other.spec(EvaluationKind.VARIANT_EFFECT), other::path))
                .hasMessageContaining("'best', known are [wt-marginals, masked-marginals, likelihood]");
        ScanFiles number = new ScanFiles(folder).option("offset", "a");
        assertThatThrownBy(() -> VariantEffect.read(number.spec(EvaluationKind.VARIANT_EFFECT), number::path))
                .hasMessageContaining("option offset must be a whole number");
    }

    @Test
    void substitutionsFurtherApartThanTheContextOfACausalModelHaveNoScore() throws Exception {
        files.with("scores", "s.csv", scan(1) + "M1A:G10A,3,1\n")
                .with("wildType", "w.fasta", ">p\n" + PROTEIN + "\n")
                .option("context", "6");
        DownstreamEvaluation.Outcome outcome = read().measure(new ByLetter(CAUSAL));
        assertThat(measure(outcome, "spearman", "s").count()).isEqualTo(190);
        assertThat(outcome.findings().getLast()).contains("scan 's': 1 variants have no score");
    }

    @Test
    void anInterruptEndsTheMeasure() throws Exception {
        files.with("scores", "s.csv", scan(1)).with("wildType", "w.fasta", ">p\n" + PROTEIN + "\n");
        VariantEffect evaluation = read();
        try (ProteinModel model = new ByLetter(MASKED)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> evaluation.measure(model)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private VariantEffect read() throws Exception {
        return VariantEffect.read(files.spec(EvaluationKind.VARIANT_EFFECT), files::path);
    }

    /** Every single substitution, scored as a model scores it that knows how frequent residues are. */
    private static String scan(int sign) {
        StringBuilder csv = new StringBuilder("mutant,DMS_score,DMS_score_bin\n");
        for (int i = 0; i < PROTEIN.length(); i++) {
            for (char letter : LETTERS.toCharArray()) {
                if (letter != PROTEIN.charAt(i)) {
                    double score = sign * (ByLetter.logit(letter) - ByLetter.logit(PROTEIN.charAt(i)));
                    csv.append("%c%d%c,%s,%d%n".formatted(PROTEIN.charAt(i), i + 1, letter, score, score > 0 ? 1 : 0));
                }
            }
        }
        return csv.toString();
    }

    private static Measure measure(DownstreamEvaluation.Outcome outcome, String metric, String subject) {
        return find(outcome.measures(), metric, subject).orElseThrow();
    }

    private static Optional<Measure> find(List<Measure> measures, String metric, String subject) {
        return measures.stream()
                .filter(measure ->
                        measure.metric().equals(metric) && measure.subject().equals(subject))
                .findFirst();
    }
}
