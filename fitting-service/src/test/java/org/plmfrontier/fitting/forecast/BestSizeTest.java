package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.FitOutcome;

class BestSizeTest {
    /** Tokens per parameter from 1 to 1,000 at each size, so that the basin is seen from both sides. */
    private static Losses wide(double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 36;
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        for (int i = 0; i < n; i++) {
            parameters[i] = 1e6 * Math.pow(2.2, Math.floorDiv(i, 6));
            tokens[i] = parameters[i] * Math.pow(4, i % 6);
            loss[i] = PlantedLosses.hoffmann(parameters[i], tokens[i]) * Math.exp(noise * random.nextGaussian());
        }
        return Losses.of(parameters, tokens, loss);
    }

    private static double truth(double computeFlops) {
        return Math.pow(0.34 * 400 / (0.36 * 900), 1 / 0.7) * Math.pow(computeFlops / 6, 0.36 / 0.7);
    }

    @Test
    void theBestSizeOfAPlantedLawLiesInItsInterval() {
        int held = 0;
        int heldLoss = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Forecaster forecaster = Forecaster.of(wide(0.004, seed));
            double budget = 3 * forecaster.mostComputeFlops();
            BestSize best = forecaster.best(budget).result().orElseThrow();
            held += best.parameters().covers(truth(budget)) ? 1 : 0;
            assertThat(6 * best.parameters().value() * best.tokens().value()).isCloseTo(budget, within(1e-6 * budget));
            assertThat(best.tokensPerParameter().value())
                    .isCloseTo(
                            best.tokens().value() / best.parameters().value(),
                            within(1e-6 * best.tokensPerParameter().value()));
            double loss = PlantedLosses.hoffmann(truth(budget), budget / 6 / truth(budget));
            heldLoss += best.loss().covers(loss) ? 1 : 0;
        }
        System.out.println("10 studies at 3 times their compute: size held " + held + ", loss held " + heldLoss);
        assertThat(held).isGreaterThanOrEqualTo(9);
        assertThat(heldLoss).isGreaterThanOrEqualTo(9);
    }

    @Test
    void fartherBudgetsAreLessCertain() {
        Forecaster forecaster = Forecaster.of(wide(0.004, 3));
        double known = forecaster.mostComputeFlops();
        double near = width(forecaster.best(known));
        assertThat(width(forecaster.best(30 * known))).isGreaterThan(1.2 * near);
    }

    @Test
    void theSameLossesGiveTheSameAnswer() {
        Forecaster forecaster = Forecaster.of(wide(0.004, 3));
        assertThat(forecaster.best(1e18)).isEqualTo(forecaster.best(1e18));
    }

    @Test
    void lossesThatDoNotTellASizeAreNotAnswered() {
        assertThat(reason(12, i -> 1e6, i -> 1e7 * Math.pow(2, i), 10))
                .isEqualTo("a best size needs losses of 3 sizes and 2 numbers of tokens, there are 1 and 12");
        assertThat(reason(12, i -> i % 2 == 0 ? 1e6 : 4e6, i -> 1e7 * Math.pow(2, Math.floorDiv(i, 2)), 10))
                .contains("there are 2 and 6");
        assertThat(reason(12, i -> 1e6 * Math.pow(1.6, i), i -> 1e9 + 1e5 * i, 10))
                .contains("there are 12 and 1");
        assertThat(reason(12, i -> 1e6 * Math.pow(1.5, i), i -> 1e17 / 6 / (1e6 * Math.pow(1.5, i)), 10))
                .contains("so nothing tells how the best size grows with compute");
        assertThat(reason(12, i -> 1e6 * Math.pow(1.5, i), i -> 1e17 / 6 / (1e6 * Math.pow(1.5, i)), 1))
                .as("a profile at equal compute tells of that compute")
                .isEmpty();
    }

    private static String reason(int n, IntToDoubleFunction size, IntToDoubleFunction tokens, double factor) {
        double[] parameters = new double[n];
        double[] seen = new double[n];
        double[] loss = new double[n];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < n; i++) {
            parameters[i] = size.applyAsDouble(i);
            seen[i] = tokens.applyAsDouble(i);
            loss[i] = PlantedLosses.hoffmann(parameters[i], seen[i]) * Math.exp(0.003 * random.nextGaussian());
        }
        Forecaster forecaster = Forecaster.of(Losses.of(parameters, seen, loss));
        return switch (forecaster.best(factor * forecaster.mostComputeFlops())) {
            case FitOutcome.Fitted<BestSize> fitted -> "";
            case FitOutcome.NotIdentifiable<BestSize> refusal -> refusal.reason();
            case FitOutcome.NotConverged<BestSize> failure -> failure.reason();
        };
    }

    /** Losses that fall with N alone ask for sizes far above all that were tried. */
    @Test
    void aSizeFarOutsideOfThoseTriedSaysSo() {
        int n = 20;
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < n; i++) {
            parameters[i] = 1e5 * Math.pow(2, Math.floorDiv(i, 5));
            tokens[i] = 1e9 * Math.pow(2, i % 5);
            loss[i] = PlantedLosses.hoffmann(parameters[i], tokens[i]) * Math.exp(0.002 * random.nextGaussian());
        }
        Forecaster forecaster = Forecaster.of(Losses.of(parameters, tokens, loss));
        assertThat(forecaster
                        .best(forecaster.mostComputeFlops())
                        .result()
                        .orElseThrow()
                        .warning())
                .get()
                .asString()
                .contains("times above the sizes that were tried: train larger sizes");
        double ofTenMillion = 6 * Math.pow(1e7 / truth(6), 0.7 / 0.36);
        assertThat(Forecaster.of(wide(0.004, 1))
                        .best(ofTenMillion)
                        .result()
                        .orElseThrow()
                        .warning())
                .isEmpty();
    }

    private static double width(FitOutcome<BestSize> best) {
        BestSize size = best.result().orElseThrow();
        return Math.log(size.parameters().high() / size.parameters().low());
    }
}
