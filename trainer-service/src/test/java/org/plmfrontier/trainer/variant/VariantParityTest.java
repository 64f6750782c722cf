package org.plmfrontier.trainer.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.djl.Parity;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.ranking.PairedScores;
import org.plmfrontier.trainer.safetensors.Fixture;

/** Scores of variants against fair-esm, ProteinGym and SciPy in float64. */
class VariantParityTest {
    private static final int STANDARD = 20;
    private static final int CONTEXT = 1024;
    /** Rows of the scan's file; the rest of the fixture's variants are joined of several. */
    private static final int ROWS = 300;

    @ParameterizedTest
    @CsvSource({"blat,-0.151503905599,-0.081108901210", "dlg4,-0.075935954844,-0.080807120710"})
    void marginalsAreThoseOfFairEsm(String protein, double wildTypeSpearman, double maskedSpearman) {
        try (Fixture fixture = Fixture.open("downstream/variants");
                ProteinModel model = ReferenceModels.masked()) {
            Protein wildType = protein(fixture.integers(protein + ".tokens"));
            int[] every = positions(wildType.length());
            int[] chosen = fixture.integers(protein + ".masked_positions");
            Marginals shown = Marginals.of(model, wildType, every, false, CONTEXT);
            Marginals masked = Marginals.of(model, wildType, chosen, true, CONTEXT);
            String f64 = protein + ".f64.";
            reportTable(protein + " wild-type log p", shown, every, fixture.values(f64 + "wt_logp"));
            reportTable(protein + " masked log p", masked, chosen, fixture.values(f64 + "masked_logp"));
            List<Variant> variants = variants(fixture, protein, wildType);
            double[] measured = fixture.values(protein + ".dms_score");
            double[] wildTypeScores =
                    variants.stream().mapToDouble(shown::score).toArray();
            double[] maskedScores = variants.stream().mapToDouble(masked::score).toArray();
            report(protein + " wild-type marginals", wildTypeScores, fixture.values(f64 + "wt_marginal"), 3e-4);
            report(protein + " masked marginals", maskedScores, fixture.values(f64 + "masked_marginal"), 3e-4);
            reportSpearman(protein + " wild-type marginals", measured, wildTypeScores, wildTypeSpearman, 1e-4);
            reportSpearman(protein + " masked marginals", measured, maskedScores, maskedSpearman, 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"blat,-0.037454638385", "dlg4,-0.317669307437"})
    void likelihoodsAreThoseOfTheReferenceWithEndCounted(String protein, double spearman) {
        try (Fixture fixture = Fixture.open("downstream/variants");
                ProteinModel model = ReferenceModels.causal()) {
            Protein wildType = protein(fixture.integers(protein + ".tokens"));
            Likelihoods likelihoods = new Likelihoods(model, wildType, CONTEXT);
            double[] table = fixture.values(protein + ".f64.causal_ll");
            double whole = likelihoods.of(List.of(wildType.tokens()))[0];
            Parity.report(protein + " log-likelihood of the wild type", Math.abs(whole - table[1]), 5e-4);
            double[] scores = likelihoods.scores(variants(fixture, protein, wildType));
            report(protein + " likelihood", scores, fixture.values(protein + ".f64.causal_sum_end"), 5e-4);
            reportSpearman(protein + " likelihood", fixture.values(protein + ".dms_score"), scores, spearman, 5e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"blat,0.172934432260", "dlg4,0.252963078892"})
    void blosum62IsTheTableAndItsSums(String protein, double spearman) {
        try (Fixture fixture = Fixture.open("downstream/variants")) {
            int[] table = fixture.integers("blosum62");
            for (int i = 0; i < STANDARD * STANDARD; i++) {
                int from = Vocabulary.FIRST_RESIDUE + i / STANDARD;
                int to = Vocabulary.FIRST_RESIDUE + i % STANDARD;
                assertThat(Blosum62.score(from, to)).as(from + " " + to).isEqualTo(table[i]);
            }
            Protein wildType = protein(fixture.integers(protein + ".tokens"));
            double[] scores = variants(fixture, protein, wildType).stream()
                    .mapToDouble(Blosum62::score)
                    .toArray();
            assertThat(scores).isEqualTo(fixture.values(protein + ".blosum62"));
            reportSpearman(protein + " BLOSUM62", fixture.values(protein + ".dms_score"), scores, spearman, 1e-11);
        }
    }

    @Test
    void windowsOfLongProteinsAreProteinGyms() {
        try (Fixture fixture = Fixture.open("downstream/windows");
                ProteinModel model = ReferenceModels.masked()) {
            Protein protein = Protein.of("p1500", fixture.metadata().get("p1500.sequence"));
            int[] positions = fixture.integers("p1500.positions");
            int[] windows = fixture.integers("p1500.optimal_windows");
            for (int i = 0; i < positions.length; i++) {
                assertThat(Window.optimal(positions[i], protein.tokens().length, CONTEXT))
                        .isEqualTo(new Window(windows[2 * i], windows[2 * i + 1]));
            }
            List<Variant> variants = named(fixture.metadata().get("p1500.variants"), protein);
            Marginals masked = Marginals.of(model, protein, positions, true, CONTEXT);
            reportTable("p1500 masked log p", masked, positions, fixture.values("p1500.f64.masked_optimal_logp"));
            report(
                    "p1500 masked marginals",
                    variants.stream().mapToDouble(masked::score).toArray(),
                    fixture.values("p1500.f64.masked_optimal"),
                    3e-4);
            Marginals shown = Marginals.of(model, protein, positions, false, CONTEXT);
            reportTable("p1500 wild-type log p", shown, positions, fixture.values("p1500.f64.wt_optimal_logp"));
            report(
                    "p1500 wild-type marginals",
                    variants.stream().mapToDouble(shown::score).toArray(),
                    fixture.values("p1500.f64.wt_optimal"),
                    3e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100, 1024})
    void anInnerWindowIsAsLongAsTheContextAndHoldsItsPlaceInTheMiddle(int context) {
        for (int place = 1; place < 2999; place++) {
            Window window = Window.optimal(place, 3000, context);
            assertThat(window.contains(place)).isTrue();
            assertThat(window.to() - window.from()).isEqualTo(context);
        }
    }

    private static Protein protein(int[] tokens) {
        byte[] bytes = new byte[tokens.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) tokens[i];
        }
        return new Protein("fixture", bytes);
    }

    private static int[] positions(int length) {
        int[] positions = new int[length];
        Arrays.setAll(positions, i -> i + 1);
        return positions;
    }

    private static List<Variant> variants(Fixture fixture, String protein, Protein wildType) {
        return named(fixture.metadata().get(protein + ".variants"), wildType);
    }

    private static List<Variant> named(String names, Protein wildType) {
        List<Variant> variants = new ArrayList<>();
        for (String name : names.split(" ")) {
            try {
                variants.add(new VariantNames(wildType, 0).variant(name));
            } catch (VariantNames.BadNameException e) {
                throw new AssertionError(name, e);
            }
        }
        return variants;
    }

    private static void reportTable(String what, Marginals marginals, int[] positions, double[] reference) {
        double worst = 0;
        for (int i = 0; i < reference.length; i++) {
            double[] row = marginals.logProbabilities().get(positions[i / STANDARD]);
            worst = Math.max(worst, Math.abs(row[Vocabulary.FIRST_RESIDUE + i % STANDARD] - reference[i]));
        }
        Parity.report(what, worst, 2e-4);
    }

    private static void report(String what, double[] scores, double[] reference, double asked) {
        assertThat(scores).hasSameSizeAs(reference);
        double worst = 0;
        for (int i = 0; i < scores.length; i++) {
            worst = Math.max(worst, Math.abs(scores[i] - reference[i]));
        }
        Parity.report(what, worst, asked);
    }

    private static void reportSpearman(
            String what, double[] measured, double[] scores, double reference, double asked) {
        assertThat(measured).hasSize(ROWS);
        PairedScores pairs = new PairedScores(measured, Arrays.copyOf(scores, ROWS));
        double found = pairs.spearman(pairs.each()).orElseThrow();
        Parity.report(what + ", Spearman", Math.abs(found - reference), asked);
    }
}
