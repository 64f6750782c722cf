package org.plmfrontier.fitting.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.form.HoffmannForm;
import org.plmfrontier.fitting.form.KaplanForm;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.HuberObjective;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;

class SurfaceResamplesTest {
    private static final HoffmannLaw HOFFMANN = new HoffmannLaw(Math.log(1.8), Math.log(60), Math.log(250), 0.3, 0.35);
    private static final KaplanLaw KAPLAN = new KaplanLaw(0.076, 0.103, Math.log(6.4e13), Math.log(1.8e13));
    private static final double DELTA = 1e-3;

    /** A study of 48 losses, every ninth of them wild. */
    private static Observations study(LossSurface truth, long seed) {
        Observations clean = PlantedStudies.grid(truth, 8, 6, 0.01, seed);
        double[] losses = clean.lossNats().clone();
        for (int i = 4; i < losses.length; i += 9) {
            losses[i] *= 1 + 0.1 * (i % 4);
        }
        return new Observations(clean.run(), clean.parameters(), clean.tokens(), losses);
    }

    /** The slow way: every start of the grid is followed alone to the end on the plain objective. */
    private static double slowest(LossForm form, Centred data, double[] weights) {
        double best = Double.POSITIVE_INFINITY;
        for (double[] start : new StartPoints(form, data).all(weights)) {
            double[] point = start;
            for (double delta : new double[] {0.01, 0.005, 0.002, DELTA}) {
                Minimum end = DampedNewton.TIGHT.minimise(new HuberObjective(form, data, weights, delta), point);
                point = end.point();
                best = delta == DELTA ? Math.min(best, end.value()) : best;
            }
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hoffmann", "kaplan"})
    void tenStartsFindTheOptimumThatTheSlowWayFinds(String name) {
        LossForm form = name.equals("kaplan") ? new KaplanForm() : new HoffmannForm();
        Centred data = study(name.equals("kaplan") ? KAPLAN : HOFFMANN, 3).centred();
        StartPoints starts = new StartPoints(form, data);
        SplittableRandom random = new SplittableRandom(17);
        for (int resample = 0; resample < 25; resample++) {
            double[] weights = new double[data.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[random.nextInt(weights.length)]++;
            }
            double slow = slowest(form, data, weights);
            double fast = SurfaceResamples.best(form, data, weights, DELTA, starts.apart(weights, 10))
                    .value();
            assertThat(fast).as("resample %d", resample).isCloseTo(slow, within(1e-6 * slow));
        }
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() throws Exception {
        Observations study = study(HOFFMANN, 5);
        Estimate[] found = new Estimate[2];
        for (int i = 0; i < 2; i++) {
            try (ForkJoinPool pool = new ForkJoinPool(1 + 3 * i)) {
                found[i] = pool.submit(() -> Approach3.hoffmann()
                                .fit(study, new Bootstrap(60, 0.95, 5))
                                .result()
                                .orElseThrow()
                                .estimate(LossSurface::a))
                        .get();
            }
        }
        assertThat(found[0]).isEqualTo(found[1]);
        assertThat(Arrays.asList(found)).doesNotContainNull();
    }
}
