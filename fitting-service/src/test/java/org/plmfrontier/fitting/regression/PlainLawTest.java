package org.plmfrontier.fitting.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

class PlainLawTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 1);

    private final String[] run = new String[12];
    private final double[] n = new double[12];

    PlainLawTest() {
        for (int i = 0; i < run.length; i++) {
            run[i] = "r" + i;
            n[i] = 1e6 * Math.pow(2, i);
        }
    }

    @Test
    void aLawWithAFloorIsFoundWithIntervalsThatHoldIt() {
        SplittableRandom random = new SplittableRandom(6);
        double[] loss = Arrays.stream(n)
                .map(size -> 1.9 + 60 * Math.pow(size, -0.3) + 0.003 * random.nextGaussian())
                .toArray();
        PlainLaw law = PlainLaw.fit(run, n, loss, BOOTSTRAP).result().orElseThrow();
        assertThat(law.floor().covers(1.9)).isTrue();
        assertThat(law.exponent().covers(0.3)).isTrue();
        assertThat(law.lnAmplitude().covers(Math.log(60))).isTrue();
        assertThat(law.exponent().width()).isLessThan(0.1);
        assertThat(law.at(1e8)).isCloseTo(1.9 + 60 * Math.pow(1e8, -0.3), within(0.01));
        assertThat(law.convergence().gradientNorm()).isLessThan(1e-4);
        assertThat(law.convergence().objective()).isCloseTo(9 * law.residualNats() * law.residualNats(), within(1e-12));
    }

    @Test
    void equalSizesAreNotIdentifiable() {
        double[] one = new double[12];
        Arrays.fill(one, 1e6);
        assertThat(PlainLaw.fit(run, one, new double[12], BOOTSTRAP)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void aRisingLossIsNotIdentifiable() {
        double[] rising = Arrays.stream(n).map(Math::log).toArray();
        assertThat(PlainLaw.fit(run, n, rising, BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("does not fall"));
    }

    @Test
    void aLossThatFallsOnceAndNeverAgainIsNoPowerLaw() {
        double[] step = new double[12];
        Arrays.fill(step, 2);
        step[0] = 3;
        assertThat(PlainLaw.fit(run, n, step, BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("edge"));
    }

    @Test
    void anIntervalThatEndsWhereTheSearchEndsIsNone() {
        String[] three = {"a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "c", "c"};
        assertThat(PlainLaw.fit(three, n, noisy(0.1, 6), BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("interval of the exponent"));
    }

    @Test
    void resamplesWithoutALawAreNotLeftOut() {
        String[] three = {"a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "c", "c"};
        assertThat(PlainLaw.fit(three, n, noisy(0.3, 6), BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason())
                                .contains("of 200 resamples have a loss that does not fall with x"));
    }

    private double[] noisy(double nats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Arrays.stream(n)
                .map(size -> 1.9 + 60 * Math.pow(size, -0.3) + nats * random.nextGaussian())
                .toArray();
    }
}
