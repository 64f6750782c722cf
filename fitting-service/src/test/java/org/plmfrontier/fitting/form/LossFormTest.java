package org.plmfrontier.fitting.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.HuberObjective;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.optimum.LocalModel;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.parametric.PlantedStudies;

class LossFormTest {
    private static LossForm form(String name) {
        return switch (name) {
            case "hoffmann" -> new HoffmannForm();
            case "tied" -> FixedRatioForm.tied();
            case "fixed" -> new FixedRatioForm(0.4);
            default -> new KaplanForm();
        };
    }

    private static double[] somewhere(LossForm form, SplittableRandom random) {
        double[] theta = new double[form.dimension()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = 0.1 + 0.5 * random.nextDouble();
        }
        return theta;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoffmann", "tied", "fixed", "kaplan"})
    void derivativesEqualFiniteDifferences(String name) {
        LossForm form = form(name);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int n = form.dimension();
        for (int trial = 0; trial < 20; trial++) {
            double[] theta = somewhere(form, random);
            double x = 2 * random.nextGaussian();
            double y = 2 * random.nextGaussian();
            double[] g = new double[n];
            double[] h = new double[n * (n + 1) / 2];
            form.lnLoss(theta, x, y, g, h);
            double step = 1e-5;
            for (int i = 0; i < n; i++) {
                double[] up = new double[n];
                double[] down = new double[n];
                double[] ignored = new double[h.length];
                double[] moved = theta.clone();
                moved[i] += step;
                double high = form.lnLoss(moved, x, y, up, ignored);
                moved[i] -= 2 * step;
                double low = form.lnLoss(moved, x, y, down, ignored);
                assertThat(g[i]).isCloseTo((high - low) / (2 * step), within(1e-6));
                for (int j = 0; j <= i; j++) {
                    assertThat(h[i * (i + 1) / 2 + j])
                            .as("second derivative %d %d", i, j)
                            .isCloseTo((up[j] - down[j]) / (2 * step), within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoffmann", "tied", "fixed", "kaplan"})
    void theUncentredSurfaceIsTheSameFunction(String name) {
        LossForm form = form(name);
        SplittableRandom random = new SplittableRandom(3);
        double[] theta = somewhere(form, random);
        LossSurface surface = form.surface(theta, 16, 22).result().orElseThrow();
        double lnLoss = form.lnLoss(theta, 1.5, -0.7, new double[5], new double[15]);
        assertThat(Math.log(surface.lossAt(Math.exp(17.5), Math.exp(21.3)))).isCloseTo(lnLoss, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoffmann", "tied", "fixed", "kaplan"})
    void partsTimesFactorsGiveTheObservedLoss(String name) {
        LossForm form = form(name);
        double[] nonlinear = form.startGrid()[3];
        double[] lnFactors = {-0.3, 0.2, -1};
        double[] theta = form.theta(nonlinear, lnFactors);
        double lnLoss = form.lnLoss(theta, 0.8, -1.2, new double[5], new double[15]);
        double[] parts = new double[form.factors()];
        form.parts(nonlinear, 0.8, -1.2, lnLoss, parts);
        double sum = 0;
        for (int j = 0; j < parts.length; j++) {
            sum += Math.exp(lnFactors[j]) * parts[j];
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.1})
    void theObjectivesGradientAndCurvatureEqualFiniteDifferences(double delta) {
        HoffmannLaw law = new HoffmannLaw(0.5, 6, 6, 0.34, 0.28);
        Centred data = centred(PlantedStudies.grid(law, 4, 4, 0.02, 1));
        double[] weights = new double[data.size()];
        Arrays.setAll(weights, i -> i % 3);
        HuberObjective objective = new HuberObjective(new HoffmannForm(), data, weights, delta);
        double[] theta = {0.4, 0.1, -0.2, 0.3, 0.25};
        LocalModel here = evaluated(objective, theta);
        for (int i = 0; i < 5; i++) {
            double step = 1e-7;
            double[] moved = theta.clone();
            moved[i] += step;
            LocalModel high = evaluated(objective, moved);
            moved[i] -= 2 * step;
            LocalModel low = evaluated(objective, moved);
            double scale = 1 + Math.abs(here.gradient[i]);
            assertThat(here.gradient[i]).isCloseTo((high.value - low.value) / (2 * step), within(1e-5 * scale));
            for (int j = 0; j <= i; j++) {
                double numeric = (high.gradient[j] - low.gradient[j]) / (2 * step);
                assertThat(here.hessian[i * (i + 1) / 2 + j])
                        .isCloseTo(numeric, within(1e-3 * (1 + Math.abs(numeric))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoffmann", "tied", "fixed", "kaplan"})
    void theFastObjectiveEqualsTheSumOverObservations(String name) {
        LossForm form = form(name);
        Centred data = centred(PlantedStudies.grid(new HoffmannLaw(0.5, 6, 6, 0.34, 0.28), 5, 4, 0.02, 1));
        SplittableRandom random = new SplittableRandom(8);
        double[] weights = new double[data.size()];
        Arrays.setAll(weights, i -> i % 3);
        for (double delta : new double[] {1e-3, 0.05, 10}) {
            double[] theta = somewhere(form, random);
            LocalModel slow = evaluated(new HuberObjective(form, data, weights, delta), theta);
            LocalModel fast = evaluated(form.objective(data, weights, delta), theta);
            assertThat(fast.value).isCloseTo(slow.value, within(1e-11 * slow.value));
            assertClose(fast.gradient, slow.gradient);
            assertClose(fast.hessian, slow.hessian);
            assertClose(fast.majorant, slow.majorant);
        }
    }

    private static void assertClose(double[] found, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).as("entry %d", k).isCloseTo(expected[k], within(1e-10 * largest));
        }
    }

    @Test
    void outsideTheFamilyTheObjectiveIsInfinite() {
        Centred data = centred(PlantedStudies.grid(new HoffmannLaw(0.5, 6, 6, 0.34, 0.28), 3, 3, 0, 1));
        double[] weights = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        double[] outside = {-0.1, 1, 0.1, 1};
        assertThat(evaluated(new HuberObjective(new KaplanForm(), data, weights, 1e-3), outside).value)
                .isInfinite();
        assertThat(evaluated(new KaplanForm().objective(data, weights, 1e-3), outside).value)
                .isInfinite();
    }

    private static LocalModel evaluated(RobustObjective objective, double[] theta) {
        LocalModel model = new LocalModel(objective.dimension());
        objective.evaluate(theta, model);
        return model;
    }

    private static Centred centred(Observations observations) {
        return Centred.of(observations.parameters(), observations.tokens(), observations.lossNats());
    }
}
