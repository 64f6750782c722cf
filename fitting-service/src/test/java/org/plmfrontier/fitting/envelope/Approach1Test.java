package org.plmfrontier.fitting.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.fitting.curve.PlantedCurves;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

class Approach1Test {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 17);
    private static final double ALPHA = 0.34;
    private static final double BETA = 0.28;
    private static final double TRUE_A = BETA / (ALPHA + BETA);

    private static double planted(double n, double d) {
        return 1.69 + 406.4 * Math.pow(n, -ALPHA) + 410.7 * Math.pow(d, -BETA);
    }

    /** One curve per size; all sizes end at the same compute, so that no run's end decides. */
    private static List<SmoothedCurve> study(int sizes, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SmoothedCurve> curves = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            double n = 1e7 * Math.pow(2, i);
            double tokensPerStep = 1e20 / (6 * n) / 600;
            RunCurve run =
                    PlantedCurves.run("run-" + i, n, 600, tokensPerStep, d -> planted(n, d), noise, random.split());
            curves.add(smooth(run));
        }
        return curves;
    }

    private static SmoothedCurve smooth(RunCurve run) {
        return SmoothedCurve.of(run, Stiffness.crossValidated()).result().orElseThrow();
    }

    private static EnvelopeFrontier fitted(List<SmoothedCurve> curves) {
        return Approach1.fit(curves, BOOTSTRAP).result().orElseThrow();
    }

    @Test
    void findsThePlantedExponentsOnADenseGridOfSizes() {
        EnvelopeFrontier frontier = fitted(study(12, 0.0, 1));
        assertThat(frontier.a().value()).isCloseTo(TRUE_A, within(0.03));
        assertThat(frontier.a().value() + frontier.b().value()).isCloseTo(1, within(1e-6));
        double middle = 1e19;
        double trueOptimum =
                Math.pow((ALPHA * 406.4) / (BETA * 410.7) * Math.pow(middle / 6, BETA), 1 / (ALPHA + BETA));
        assertThat(frontier.parametersAt(middle).result().orElseThrow().value())
                .isCloseTo(trueOptimum, within(0.15 * trueOptimum));
    }

    @Test
    void itsIntervalsHoldThePointEstimateAndTheTruth() {
        EnvelopeFrontier frontier = fitted(study(10, 0.02, 2));
        assertThat(frontier.a().covers(TRUE_A)).isTrue();
        assertThat(frontier.a().width()).isBetween(0.01, 0.6);
        double end = frontier.domain().maxFlops();
        Estimate loss = frontier.lossAt(end).result().orElseThrow();
        double lowest = frontier.points().get(Approach1.GRID - 1).lossNats();
        assertThat(loss.value()).isCloseTo(lowest, within(0.01));
        assertThat(loss.low()).isLessThan(lowest);
        assertThat(loss.high()).isGreaterThan(lowest);
    }

    @Test
    void theSameSeedGivesTheSameIntervalsAndAnotherSeedOthers() {
        List<SmoothedCurve> curves = study(8, 0.02, 3);
        assertThat(fitted(curves).a()).isEqualTo(fitted(curves).a());
        assertThat(Approach1.fit(curves, new Bootstrap(200, 0.95, 18))
                        .result()
                        .orElseThrow()
                        .a())
                .isNotEqualTo(fitted(curves).a());
    }

    @Test
    void everyEnvelopePointIsTheLowestOfTheCurvesThere() {
        List<SmoothedCurve> curves = study(6, 0.01, 4);
        EnvelopeFrontier frontier = fitted(curves);
        assertThat(frontier.points()).hasSize(Approach1.GRID);
        for (EnvelopePoint point : frontier.points().subList(700, 720)) {
            double lowest = curves.stream()
                    .filter(c -> c.domain().contains(point.computeFlops()))
                    .mapToDouble(c -> c.lossAt(point.computeFlops()))
                    .min()
                    .orElseThrow();
            assertThat(point.lossNats()).isEqualTo(lowest);
        }
    }

    @Test
    void oneRunOrOneSizeIsNotIdentifiable() {
        List<SmoothedCurve> curves = study(3, 0.01, 5);
        assertThat(reason(curves.subList(0, 1))).contains("at least two runs");
        assertThat(reason(List.of())).contains("none");
        assertThat(reason(List.of(curves.get(0), curves.get(0)))).contains("same size");
    }

    @Test
    void aSizeThatAlwaysWinsIsNotIdentifiable() {
        RunCurve good =
                PlantedCurves.run("good", 1e6, 300, 1000, d -> 2 + 10 / Math.sqrt(d), 0, new SplittableRandom(1));
        RunCurve bad = PlantedCurves.run("bad", 2e6, 100, 1000, d -> 3 + 10 / Math.sqrt(d), 0, new SplittableRandom(1));
        assertThat(reason(List.of(smooth(good), smooth(bad)))).contains("one size");
    }

    @Test
    void farBeyondTheDataItRefuses() {
        EnvelopeFrontier frontier = fitted(study(8, 0.01, 6));
        double end = frontier.domain().maxFlops();
        assertThat(frontier.parametersAt(9 * end).result()).isPresent();
        assertThat(frontier.parametersAt(11 * end)).isInstanceOf(FitOutcome.NotIdentifiable.class);
        assertThat(frontier.lossAt(1.1 * end)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    /** Sizes at a ratio, all trained for the same tokens: the small ones end at a fraction of the compute of the large. */
    private static List<SmoothedCurve> equalTokens(int sizes, double ratio, double tokens, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SmoothedCurve> curves = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            double n = 1e7 * Math.pow(ratio, i);
            curves.add(smooth(
                    PlantedCurves.run("run-" + i, n, 400, tokens / 400, d -> planted(n, d), noise, random.split())));
        }
        return curves;
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1.5, 3e9", "6, 2, 3e9", "6, 2, 1e10", "6, 2.5, 1e10", "8, 1.5, 3e9", "8, 1.5, 1e10",
        "8, 2, 3e9", "8, 2, 1e10", "8, 2, 3e10", "12, 1.5, 1e10", "12, 1.5, 3e10", "12, 1.3, 1e10"
    })
    void endsOfRunsAndEndsOfTheSizesDoNotBendTheExponent(int sizes, double ratio, double tokens) {
        EnvelopeFrontier frontier = fitted(equalTokens(sizes, ratio, tokens, 0.003, 7));
        assertThat(frontier.a().covers(TRUE_A)).as("%s", frontier.a()).isTrue();
        assertThat(frontier.a().value()).isCloseTo(TRUE_A, within(0.05));
        assertThat(frontier.b().covers(1 - TRUE_A)).as("%s", frontier.b()).isTrue();
    }

    @Test
    void moreRunsDoNotNarrowTheIntervalAroundAnotherExponent() {
        List<SmoothedCurve> many = new ArrayList<>();
        for (int copy = 0; copy < 4; copy++) {
            many.addAll(equalTokens(8, 2, 1e10, 0.003, 20 + copy));
        }
        assertThat(fitted(many).a().covers(TRUE_A)).as("%s", fitted(many).a()).isTrue();
    }

    @Test
    void aLeadThatChangesBecauseARunEndsPlacesNothing() {
        List<SmoothedCurve> two = new ArrayList<>();
        for (double n : new double[] {1e8, 1e9}) {
            two.add(smooth(
                    PlantedCurves.run("run-" + n, n, 90, 2e8, d -> planted(n, d), 0.002, new SplittableRandom(3))));
        }
        assertThat(reason(two))
                .contains("none overtakes")
                .contains("runs that would decide: train N = 1.00e+08 and N = 1.00e+09 both beyond");
    }

    /** Sizes of equal tokens per parameter end at less compute the smaller they are: the published procedure counts those ends. */
    @Test
    void thePublishedProcedureCountsEndsOfRunsWhereCrossoversSayNothing() {
        List<SmoothedCurve> curves = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(20);
        for (int i = 0; i < 8; i++) {
            double n = 1e7 * Math.pow(2, i);
            curves.add(smooth(
                    PlantedCurves.run("run-" + i, n, 600, 20 * n / 600, d -> planted(n, d), 0.003, random.split())));
        }
        EnvelopeFrontier published =
                Approach1.asPublished(curves, BOOTSTRAP).result().orElseThrow();
        assertThat(published.a().value()).isLessThan(TRUE_A - 0.04);
        assertThat(published.a().covers(TRUE_A)).isFalse();
        assertThat(reason(curves)).as("crossovers").contains("runs that end or begin");
        assertThat(published.flags().getFirst().code()).isEqualTo("ALL_COMPUTE_COUNTED");
        assertThat(Approach1.asPublished(curves.subList(0, 1), BOOTSTRAP))
                .isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void doubtfulStudiesAreFlagged() {
        List<String> codes = fitted(equalTokens(6, 2, 3e9, 0.003, 7)).flags().stream()
                .map(Flag::code)
                .toList();
        assertThat(codes).contains("LARGEST_SIZE_AT_END", "RUN_ENDS_DECIDE", "FEW_CROSSOVERS");
        assertThat(fitted(study(12, 0, 1)).flags().stream().map(Flag::code))
                .doesNotContain("FEW_SIZES", "RUN_ENDS_DECIDE");
    }

    private static String reason(List<SmoothedCurve> curves) {
        return switch (Approach1.fit(curves, BOOTSTRAP)) {
            case FitOutcome.NotIdentifiable<EnvelopeFrontier> refusal -> refusal.reason();
            case FitOutcome<EnvelopeFrontier> other -> throw new AssertionError(other);
        };
    }
}
