package org.plmfrontier.fitting.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.PlantedStudies;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;

class DifferenceTest {
    private static final double NORMAL_95 = 1.959964;

    @Test
    void theEndsThatFaceEachOtherAddInQuadrature() {
        Estimate difference = Difference.of(new Estimate(1, 0.9, 1.4, 0.95), new Estimate(3, 2.7, 3.2, 0.95));
        assertThat(difference.value()).isEqualTo(2);
        assertThat(difference.low()).isCloseTo(2 - 0.5, within(1e-12));
        assertThat(difference.high()).isCloseTo(2 + Math.hypot(0.2, 0.1), within(1e-12));
        assertThat(difference.level()).isEqualTo(0.95);
    }

    @Test
    void intervalsOfTwoLevelsGiveNone() {
        assertThatThrownBy(() -> Difference.of(new Estimate(1, 0, 2, 0.9), new Estimate(1, 0, 2, 0.95)))
                .hasMessage("intervals of the levels 0.9 and 0.95 give none of their difference");
    }

    @Test
    void independentNormalAndSkewEstimatesAreHeldAsOftenAsClaimed() {
        SplittableRandom random = new SplittableRandom(5);
        int tries = 4000;
        int normal = 0;
        int skew = 0;
        for (int i = 0; i < tries; i++) {
            double one = 1 + 0.3 * random.nextGaussian();
            double two = 2 + 0.1 * random.nextGaussian();
            normal += Difference.of(about(one, 0.3), about(two, 0.1)).covers(1) ? 1 : 0;
            skew += Difference.of(logarithmic(one, 0.3), logarithmic(two, 0.4)).covers(Math.exp(2) - Math.exp(1))
                    ? 1
                    : 0;
        }
        assertThat(normal / (double) tries).isBetween(0.94, 0.96);
        assertThat(skew / (double) tries).isBetween(0.93, 1.0);
    }

    @Test
    void aPlantedDifferenceOfExponentsIsHeldAndEqualOnesAreNotToldApart() {
        HoffmannLaw first = law(400, 0.34, 0.28);
        HoffmannLaw other = law(150, 0.28, 0.36);
        double truth = other.a() - first.a();
        assertThat(truth).isBetween(0.1, 0.12);
        int held = 0;
        int told = 0;
        int equal = 0;
        int tries = 12;
        for (int seed = 1; seed <= tries; seed++) {
            Estimate one = exponent(first, seed);
            held += Difference.of(one, exponent(other, 100 + seed)).covers(truth) ? 1 : 0;
            told += Difference.of(one, exponent(other, 100 + seed)).covers(0) ? 0 : 1;
            equal += Difference.of(one, exponent(first, 200 + seed)).covers(0) ? 1 : 0;
        }
        assertThat(held).as("held").isGreaterThanOrEqualTo(tries - 2);
        assertThat(equal).as("equal studies").isGreaterThanOrEqualTo(tries - 2);
        assertThat(told).as("told from zero").isGreaterThanOrEqualTo(tries - 2);
    }

    /** With its optimum at 1e7 parameters and 1e9 tokens, amid the grid. */
    private static HoffmannLaw law(double amplitude, double alpha, double beta) {
        double other = alpha * amplitude * Math.pow(1e7, -alpha) / (beta * Math.pow(1e9, -beta));
        return new HoffmannLaw(Math.log(1.7), Math.log(amplitude), Math.log(other), alpha, beta);
    }

    private static Estimate exponent(HoffmannLaw law, long seed) {
        return Approach3.hoffmann()
                .fit(PlantedStudies.grid(law, 6, 5, 0.004, seed), new Bootstrap(60, 0.95, seed))
                .result()
                .orElseThrow()
                .a()
                .result()
                .orElseThrow();
    }

    private static Estimate about(double value, double deviation) {
        return new Estimate(value, value - NORMAL_95 * deviation, value + NORMAL_95 * deviation, 0.95);
    }

    private static Estimate logarithmic(double ln, double deviation) {
        return new Estimate(
                Math.exp(ln), Math.exp(ln - NORMAL_95 * deviation), Math.exp(ln + NORMAL_95 * deviation), 0.95);
    }
}
