package org.plmfrontier.fitting.usefulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Metrics that follow the loss, and metrics that do not. */
class LossToMetricTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 20240611);

    /** ESM-2 from 8M to 15B: ln of the validation perplexities of its paper, and Spearman on ProteinGym's substitutions. */
    private static final double[] ESM2_NATS = {2.335, 2.197, 2.048, 1.939, 1.870, 1.852};

    private static final double[] ESM2_SPEARMAN = {0.226, 0.321, 0.387, 0.414, 0.406, 0.400};

    @Test
    void esm2sVariantEffectIsNotPredictableBecauseItTurns() {
        MetricVerdict verdict = verdict(states(ESM2_NATS, ESM2_SPEARMAN), true);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        MetricVerdict.NotPredictable.class,
                        found -> assertThat(found.reason()).contains("worse again at the lower losses"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 0, -3})
    void aMonotoneMetricIsFoundAndItsIntervalHoldsWhatComes(double bend) {
        MetricLaw truth = new MetricLaw(2.0, 0.8, bend, 0.5, -0.2);
        int held = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(977L * seed + 5);
            List<MeasuredState> states = planted(truth, 24, 0.01, random);
            MetricVerdict verdict = verdict(states, true);
            assertThat(verdict).as("seed %d", seed).isInstanceOf(MetricVerdict.Predictable.class);
            Estimate at = LossToMetric.at(
                    (MetricVerdict.Predictable) verdict, new Estimate(1.95, 1.94, 1.96, 0.95), BOOTSTRAP);
            held += at.covers(truth.applyAsDouble(1.95) + 0.01 * random.nextGaussian()) ? 1 : 0;
            assertThat(at.value()).isCloseTo(truth.applyAsDouble(1.95), within(0.05));
        }
        assertThat(held).isBetween(34, 40);
    }

    @Test
    void aMetricOfChanceAloneIsNotPredictable() {
        int predictable = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(31L * seed + 1);
            List<MeasuredState> states = planted(loss -> 0.1, 20, 0.03, random);
            predictable += verdict(states, true) instanceof MetricVerdict.Predictable ? 1 : 0;
        }
        assertThat(predictable).isLessThanOrEqualTo(6);
    }

    @Test
    void aSaturatingMetricIsNotTakenForOneThatTurns() {
        int turned = 0;
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(7919L * seed + 3);
            List<MeasuredState> states = planted(loss -> 0.42 - 0.2 * Math.exp(-6 * (2.8 - loss)), 12, 0.004, random);
            turned += verdict(states, true) instanceof MetricVerdict.Predictable ? 0 : 1;
        }
        assertThat(turned).isLessThanOrEqualTo(5);
    }

    @Test
    void ofAPerplexityTheTurnIsTheOtherWay() {
        double[] rising = Arrays.stream(ESM2_SPEARMAN).map(v -> 12 - 20 * v).toArray();
        MetricVerdict verdict = verdict(states(ESM2_NATS, rising), false);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        MetricVerdict.NotPredictable.class,
                        found -> assertThat(found.reason()).contains("worse again"));
    }

    @Test
    void tooFewStatesOrStatesWithoutALossDetermineNothing() {
        FitOutcome<MetricVerdict> few = LossToMetric.of(
                states(new double[] {2.3, 2.2, 2.1, 2.0}, new double[] {0.1, 0.2, 0.3, 0.4}), true, BOOTSTRAP);
        assertThat(few).isInstanceOf(FitOutcome.NotIdentifiable.class);
        List<MeasuredState> unknown = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            unknown.add(new MeasuredState("r" + i, 1e6, 1e7, 1e14, null, 0.1 * i, null, null));
        }
        assertThat(LossToMetric.of(unknown, true, BOOTSTRAP)).isInstanceOf(FitOutcome.NotIdentifiable.class);
        assertThat(verdict(states(ESM2_NATS, new double[] {1, 1, 1, 1, 1, 1}), true))
                .isInstanceOf(MetricVerdict.NotPredictable.class);
    }

    @Test
    void theSameSeedGivesTheSameLaw() {
        List<MeasuredState> states = planted(new MetricLaw(2.0, 0.8, 2, 0.5, -0.2), 20, 0.01, new SplittableRandom(9));
        assertThat(verdict(states, true)).isEqualTo(verdict(states, true));
    }

    private static MetricVerdict verdict(List<MeasuredState> states, boolean higherIsBetter) {
        return LossToMetric.of(states, higherIsBetter, BOOTSTRAP).result().orElseThrow();
    }

    private static List<MeasuredState> planted(
            DoubleUnaryOperator truth, int count, double noise, SplittableRandom random) {
        double[] losses = new double[count];
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            losses[i] = 2.0 + 0.8 * (i + random.nextDouble()) / count;
            values[i] = truth.applyAsDouble(losses[i]) + noise * random.nextGaussian();
        }
        return states(losses, values);
    }

    private static List<MeasuredState> states(double[] losses, double[] values) {
        List<MeasuredState> states = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            states.add(new MeasuredState("r" + i, 1e6 * (i + 1), 1e7, 1e14, losses[i], values[i], null, null));
        }
        return states;
    }
}
