package org.plmfrontier.fitting.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.InteractionLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.ParametricFrontier;
import org.plmfrontier.fitting.parametric.PlantedStudies;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

class InteractionFormTest {
    private static final Approach3 APPROACH = new Approach3(new InteractionForm(), Approach3.USUAL_DELTA);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(40, 0.95, 4);
    /** Hoffmann's slopes 0.3 and 0.35 where one of N and D alone is short, whatever gamma. */
    private static final double BY_N = 0.3;

    private static final double BY_D = 0.35;

    private static InteractionLaw law(double gamma) {
        return new InteractionLaw(
                Math.log(1.8),
                new InteractionLaw.PowerSum(Math.log(60) / gamma, Math.log(250) / gamma, BY_N / gamma, BY_D / gamma),
                gamma);
    }

    private static ParametricFrontier fitted(LossSurface truth, double noise) {
        return APPROACH.fit(PlantedStudies.grid(truth, 8, 8, noise, 6), BOOTSTRAP)
                .result()
                .orElseThrow();
    }

    private static Estimate gamma(ParametricFrontier surface) {
        return surface.estimate(one -> ((InteractionLaw) one).gamma());
    }

    private static List<String> flags(ParametricFrontier surface) {
        return surface.flags().stream().map(Flag::code).toList();
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        InteractionForm form = new InteractionForm();
        SplittableRandom random = new SplittableRandom(31);
        int n = form.dimension();
        double step = 1e-5;
        for (int trial = 0; trial < 40; trial++) {
            double[] theta = new double[n];
            for (int i = 0; i < n; i++) {
                theta[i] = i == 5 ? random.nextGaussian() : 0.1 + 0.8 * random.nextDouble();
            }
            double x = 2 * random.nextGaussian();
            double y = 2 * random.nextGaussian();
            double[] g = new double[n];
            double[] h = new double[n * (n + 1) / 2];
            form.lnLoss(theta, x, y, g, h);
            for (int i = 0; i < n; i++) {
                double[] up = new double[n];
                double[] down = new double[n];
                double[] moved = theta.clone();
                moved[i] += step;
                double high = form.lnLoss(moved, x, y, up, new double[h.length]);
                moved[i] -= 2 * step;
                double low = form.lnLoss(moved, x, y, down, new double[h.length]);
                assertThat(g[i]).as("derivative %d", i).isCloseTo((high - low) / (2 * step), within(1e-6));
                for (int j = 0; j <= i; j++) {
                    assertThat(h[i * (i + 1) / 2 + j])
                            .as("second derivative %d %d", i, j)
                            .isCloseTo((up[j] - down[j]) / (2 * step), within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.4, 1, 3, 25})
    void theUncentredSurfaceIsTheSameFunctionAtEveryGamma(double gamma) {
        InteractionForm form = new InteractionForm();
        double[] theta = {0.5, 0.2, -0.1, 0.3, 0.4, Math.log(gamma)};
        double lnLoss = form.lnLoss(theta, 1.5, -0.7, new double[6], new double[21]);
        assertThat(lnLoss).isFinite();
        FitOutcome<LossSurface> surface = form.surface(theta, 16, 22);
        if (gamma < 1 / InteractionForm.LARGEST_GAMMA) {
            assertThat(surface).isInstanceOf(FitOutcome.NotIdentifiable.class);
        } else {
            assertThat(Math.log(surface.result().orElseThrow().lossAt(Math.exp(17.5), Math.exp(21.3))))
                    .isCloseTo(lnLoss, within(1e-9));
        }
    }

    @Test
    void aStartHasTheValueAndTheSlopesOfHoffmannsLawAtTheCentre() {
        double[] lnFactors = {-0.3, 0.2, -1};
        double[] hoffmann = new double[5];
        double expected = new HoffmannForm()
                .lnLoss(new double[] {-0.3, 0.2, -1, 0.3, 0.5}, 1e-3, -2e-3, hoffmann, new double[15]);
        double[] theta = new InteractionForm().theta(new double[] {0.3, 0.5, 0.5}, lnFactors);
        assertThat(new InteractionForm().lnLoss(theta, 1e-3, -2e-3, new double[6], new double[21]))
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void hoffmannsAndKaplansLawsAreMembers() {
        HoffmannLaw hoffmann = new HoffmannLaw(0.5, 6, 7, 0.3, 0.35);
        InteractionLaw one = new InteractionLaw(0.5, new InteractionLaw.PowerSum(6, 7, 0.3, 0.35), 1);
        KaplanLaw kaplan = new KaplanLaw(0.076, 0.103, Math.log(6.4e13), Math.log(1.8e13));
        double p = 0.076 / 0.103;
        InteractionLaw two = new InteractionLaw(
                -80, new InteractionLaw.PowerSum(p * Math.log(6.4e13), Math.log(1.8e13), p, 1), 0.103);
        for (double flops : new double[] {1e15, 1e21}) {
            assertThat(one.optimum(flops).parameters())
                    .isCloseTo(hoffmann.optimum(flops).parameters(), within(1e-6 * hoffmann.parametersAt(flops)));
            assertThat(one.optimum(flops).lossNats())
                    .isCloseTo(hoffmann.optimum(flops).lossNats(), within(1e-9));
            assertThat(two.optimum(flops).parameters())
                    .isCloseTo(kaplan.optimum(flops).parameters(), within(1e-6 * kaplan.parametersAt(flops)));
            assertThat(two.optimum(flops).lossNats())
                    .isCloseTo(kaplan.optimum(flops).lossNats(), within(1e-9));
        }
    }

    /** On the line of equal compute no size is better than the optimum of the formula. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5})
    void theOptimumIsTheLowestLossOfEqualCompute(double gamma) {
        InteractionLaw law = law(gamma);
        double best = law.optimum(1e17).lossNats();
        for (double factor : new double[] {0.5, 0.9, 1.1, 2}) {
            double n = law.parametersAt(1e17) * factor;
            assertThat(law.lossAt(n, 1e17 / (6 * n))).isGreaterThan(best);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 1.6})
    void aPlantedGammaIsFoundAgainAndToldFromOne(double gamma) {
        ParametricFrontier surface = fitted(law(gamma), 1e-3);
        Estimate found = gamma(surface);
        assertThat(found.value()).isCloseTo(gamma, within(0.15 * gamma));
        assertThat(found.covers(gamma)).as("%s covers %s", found, gamma).isTrue();
        assertThat(found.covers(1)).isFalse();
        assertThat(surface.fit().surface().a()).isCloseTo(law(gamma).a(), within(0.02));
        assertThat(surface.a().result().orElseThrow().covers(law(gamma).a())).isTrue();
        assertThat(flags(surface)).doesNotContain("GAMMA_NOT_TOLD_FROM_ONE", "GAMMA_UNBOUNDED");
        assertThat(surface.fit().convergence().gradientNorm()).isLessThan(1e-5);
    }

    @Test
    void onHoffmannsLawGammaIsOneAndTheFlagSaysThatNothingTellsTheLawsApart() {
        ParametricFrontier surface = fitted(law(1), 1e-3);
        assertThat(gamma(surface).value()).isCloseTo(1, within(0.15));
        assertThat(flags(surface)).contains("GAMMA_NOT_TOLD_FROM_ONE");
        double hoffmann = Approach3.hoffmann()
                .fit(PlantedStudies.grid(law(1), 8, 8, 1e-3, 6))
                .result()
                .orElseThrow()
                .convergence()
                .objective();
        assertThat(surface.fit().convergence().objective())
                .as("the larger family fits no worse")
                .isLessThanOrEqualTo(hoffmann * (1 + 1e-9));
    }

    /** Noise of 0.05 nats on 16 losses: gamma has no bound there, and the answer says so or is none. */
    @Test
    void whereTheDataDoNotTellGammaNothingIsClaimed() {
        FitOutcome<ParametricFrontier> outcome = APPROACH.fit(PlantedStudies.grid(law(1), 4, 4, 0.05, 9), BOOTSTRAP);
        if (outcome instanceof FitOutcome.Fitted<ParametricFrontier>(ParametricFrontier surface)) {
            assertThat(flags(surface)).containsAnyOf("GAMMA_NOT_TOLD_FROM_ONE", "GAMMA_UNBOUNDED");
        } else {
            assertThat(outcome).isNotInstanceOf(FitOutcome.Fitted.class);
        }
    }
}
