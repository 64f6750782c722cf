package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidingRunsTest {
    private static final double NOISE = 0.004;

    /** The interval once each run was really trained, over the one that was expected. */
    @Test
    void theIntervalNarrowsAboutAsMuchAsWasExpected() {
        double[] ratio = new double[10];
        int narrower = 0;
        for (int seed = 1; seed <= ratio.length; seed++) {
            Losses losses = PlantedLosses.grid(PlantedLosses::hoffmann, 5, NOISE, seed);
            Forecaster forecaster = Forecaster.of(losses);
            double budget = 30 * forecaster.mostComputeFlops();
            List<DecidingRun> runs = DecidingRuns.of(forecaster, budget, Double.POSITIVE_INFINITY);
            assertThat(runs).isNotEmpty();
            assertThat(runs).isSortedAccordingTo(Comparator.comparingDouble(DecidingRun::computeFlops));
            DecidingRun last = runs.getLast();
            assertThat(last.computeFlops()).isLessThan(0.31 * budget);
            double after = Forecaster.of(with(losses, last)).lnWidth(budget, null);
            narrower += after < Math.log(last.widthBefore()) ? 1 : 0;
            ratio[seed - 1] = after / Math.log(last.widthAfter());
        }
        Arrays.sort(ratio);
        System.out.println("width once the run was trained over the expected one, in logarithms: "
                + Arrays.toString(ratio) + ", narrower than before " + narrower);
        assertThat(ratio[ratio.length / 2]).isBetween(0.6, 1.6);
        assertThat(narrower).isGreaterThanOrEqualTo(7);
    }

    @Test
    void aRunTellsLessOfTheAnswerTheNearerItIsToOneThatIsKnown() {
        Losses losses = PlantedLosses.grid(PlantedLosses::hoffmann, 5, NOISE, 3);
        Forecaster forecaster = Forecaster.of(losses);
        double budget = 10 * forecaster.mostComputeFlops();
        double now = forecaster.lnWidth(budget, null);
        double repeated = forecaster.lnWidth(budget, forecaster.candidate(1.6e7, 3.2e8));
        double largest = DecidingRuns.of(forecaster, budget, Double.POSITIVE_INFINITY)
                .getLast()
                .widthAfter();
        assertThat(repeated).isLessThanOrEqualTo(now * 1.001);
        assertThat(Math.log(largest)).isLessThan(repeated);
    }

    @Test
    void noRunRepeatsItsCorpusMoreThanIsAllowed() {
        Forecaster forecaster = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 5, NOISE, 3));
        double budget = 30 * forecaster.mostComputeFlops();
        List<DecidingRun> free = DecidingRuns.of(forecaster, budget, Double.POSITIVE_INFINITY);
        double most = free.stream().mapToDouble(DecidingRun::tokens).max().orElseThrow();
        List<DecidingRun> bound = DecidingRuns.of(forecaster, budget, most / 2);
        assertThat(bound)
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.tokens()).isLessThanOrEqualTo(most / 2));
        assertThat(DecidingRuns.of(forecaster, budget, 1)).isEmpty();
    }

    @Test
    void whereNothingTellsTheBestSizeTheSizesAreNearThoseThatWereTried() {
        double[] parameters = new double[12];
        double[] tokens = new double[12];
        double[] loss = new double[12];
        for (int i = 0; i < 12; i++) {
            parameters[i] = 1e6;
            tokens[i] = 1e7 * Math.pow(2, i);
            loss[i] = PlantedLosses.hoffmann(parameters[i], tokens[i]);
        }
        Forecaster forecaster = Forecaster.of(Losses.of(parameters, tokens, loss));
        List<DecidingRun> runs =
                DecidingRuns.of(forecaster, 10 * forecaster.mostComputeFlops(), Double.POSITIVE_INFINITY);
        assertThat(runs).isNotEmpty();
        assertThat(runs).allSatisfy(run -> assertThat(run.parameters()).isBetween(1e6 / 8.001, 8.001e6));
    }

    @Test
    void whereTooLittleIsKnownTheCheapestRunsAreThoseThatAreMissing() {
        double[] parameters = {1e6, 1e6, 4e6, 4e6};
        double[] tokens = {1e7, 4e7, 1e7, 4e7};
        List<DecidingRun> runs = DecidingRuns.first(parameters, tokens);
        assertThat(runs).hasSize(6);
        assertThat(runs).isSortedAccordingTo(Comparator.comparingDouble(DecidingRun::computeFlops));
        double[] n = new double[10];
        double[] d = new double[10];
        for (int i = 0; i < 10; i++) {
            n[i] = i < 4 ? parameters[i] : runs.get(i - 4).parameters();
            d[i] = i < 4 ? tokens[i] : runs.get(i - 4).tokens();
        }
        assertThat(Arrays.stream(n).distinct().count()).isGreaterThanOrEqualTo(4);
        assertThat(Arrays.stream(d).distinct().count()).isGreaterThanOrEqualTo(3);
    }

    private static Losses with(Losses losses, DecidingRun run) {
        int n = losses.size() + 1;
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        for (int i = 0; i + 1 < n; i++) {
            parameters[i] = Math.exp(losses.lnParameters()[i]);
            tokens[i] = Math.exp(losses.lnTokens()[i]);
            loss[i] = Math.exp(losses.lnLoss()[i]);
        }
        parameters[n - 1] = run.parameters();
        tokens[n - 1] = run.tokens();
        loss[n - 1] = PlantedLosses.hoffmann(run.parameters(), run.tokens());
        return Losses.of(parameters, tokens, loss);
    }
}
