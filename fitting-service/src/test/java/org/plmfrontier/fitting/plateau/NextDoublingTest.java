package org.plmfrontier.fitting.plateau;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.PlantedCurves;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Estimate;

class NextDoublingTest {
    private static final double STEP_TOKENS = 8192;
    private static final int STEPS = 2000;
    private static final double ALL_TOKENS = STEPS * STEP_TOKENS;

    private static Estimate next(DoubleUnaryOperator loss, double noise, long seed) {
        return next(loss, noise, seed, 0);
    }

    private static Estimate next(DoubleUnaryOperator loss, double noise, long seed, double firstTokens) {
        SmoothedCurve curve = SmoothedCurve.of(
                        PlantedCurves.run("run", 1e6, STEPS, STEP_TOKENS, loss, noise, new SplittableRandom(seed))
                                .since(firstTokens),
                        Stiffness.crossValidated())
                .result()
                .orElseThrow();
        return NextDoubling.of(JudgedCurve.of(curve), 0.95).orElseThrow().fallNats();
    }

    private static double fall(DoubleUnaryOperator loss) {
        return loss.applyAsDouble(ALL_TOKENS) - loss.applyAsDouble(2 * ALL_TOKENS);
    }

    private static double held(DoubleUnaryOperator loss) {
        return held(loss, 0);
    }

    private static double held(DoubleUnaryOperator loss, double firstTokens) {
        int held = 0;
        for (long seed = 1; seed <= 40; seed++) {
            held += next(loss, 0.03, seed, firstTokens).covers(fall(loss)) ? 1 : 0;
        }
        return held / 40.0;
    }

    @Test
    void intervalsHoldWhatComesOfLawsAndOfFloors() {
        assertThat(held(d -> 2.2 + 40 * Math.pow(d, -0.28))).isGreaterThan(0.9);
        assertThat(held(d -> 4 * Math.pow(d, -0.03))).isGreaterThan(0.9);
        assertThat(held(d -> 2.4 + 0.9 * Math.exp(-d / (0.03 * ALL_TOKENS)))).isGreaterThan(0.9);
    }

    /** The laws and the last fall contradict one another, and no past doubling tells which is right. */
    @Test
    void aCurveWithoutPastDoublingsThatBendsIntoItsFloorIsHeld() {
        for (double scale : new double[] {0.08, 0.1, 0.3, 0.4}) {
            DoubleUnaryOperator bend = d -> 2.4 + 0.9 * Math.exp(-d / (scale * ALL_TOKENS));
            assertThat(held(bend, 0.11 * ALL_TOKENS))
                    .as("a scale of %s of the tokens seen", scale)
                    .isGreaterThan(0.9);
        }
    }

    @Test
    void anExactCurveIsForecastClosely() {
        DoubleUnaryOperator law = d -> 2.2 + 40 * Math.pow(d, -0.28);
        Estimate fall = next(law, 0, 1);
        assertThat(fall.value()).isBetween(0.9 * fall(law), 1.1 * fall(law));
        assertThat(fall.width()).isLessThan(2 * fall(law));
    }

    /** A curve that went up and down is less certain than one that did not. */
    @Test
    void pastErrorsWidenTheInterval() {
        DoubleUnaryOperator steady = d -> 2.5 + 0.1 * Math.exp(-d / (0.01 * ALL_TOKENS));
        DoubleUnaryOperator wavy = d -> steady.applyAsDouble(d) + 0.02 * Math.sin(3 * Math.log(d));
        assertThat(next(wavy, 0, 1).width())
                .isGreaterThan(2 * next(steady, 0, 1).width());
    }
}
