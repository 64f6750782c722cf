package org.plmfrontier.fitting.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a curve loses by being thinned. */
class StepThinningTest {
    private static final int STEPS = 200_000;
    private static final double AMPLITUDE_NATS = 3;
    private static final double EXPONENT = 0.4;

    private static double loss(double step) {
        return 2 + AMPLITUDE_NATS * Math.pow(step, -EXPONENT);
    }

    /** Largest error of a dropped point read off the kept ones, linear in ln(step). */
    private static double largestError(StepThinning thinning) {
        long[] kept = LongStream.rangeClosed(1, STEPS).filter(thinning::keeps).toArray();
        double largest = 0;
        for (int i = 1; i < kept.length; i++) {
            double left = Math.log(kept[i - 1]);
            double right = Math.log(kept[i]);
            for (long step = kept[i - 1] + 1; step < kept[i]; step++) {
                double share = (Math.log(step) - left) / (right - left);
                double read = loss(kept[i - 1]) + share * (loss(kept[i]) - loss(kept[i - 1]));
                largest = Math.max(largest, Math.abs(read - loss(step)));
            }
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 512, 2048})
    void theErrorOfADroppedPointStaysWithinTheBound(int perOctave) {
        double bend = AMPLITUDE_NATS * EXPONENT * EXPONENT * Math.pow(perOctave, -EXPONENT);
        double bound = bend / (8.0 * perOctave * perOctave);
        double largest = largestError(new StepThinning(perOctave));
        System.out.printf("%d per octave: largest error %.2e nats, bound %.2e%n", perOctave, largest, bound);
        assertThat(largest).isLessThanOrEqualTo(bound).isGreaterThan(bound / 10);
    }

    @Test
    void theSmoothedCurveOfAThinnedRunIsThatOfTheWholeRunWithinItsError() {
        SplittableRandom random = new SplittableRandom(5);
        List<CurvePoint> points = new ArrayList<>();
        for (int step = 1; step <= 60_000; step++) {
            double noisy = loss(step) + 0.02 * random.nextGaussian();
            points.add(new CurvePoint(step, 1e3 * step, 1e9 * step, 1e9 * step, noisy, 1e-3));
        }
        SmoothedCurve whole = smoothed(StepThinning.NONE, points);
        SmoothedCurve thinned = smoothed(new StepThinning(512), points);
        assertThat(thinned.run().size()).isLessThan(whole.run().size() / 10);
        double end = thinned.domain().maxFlops();
        for (double flops : new Domain(end / 10, end).logSpaced(100)) {
            assertThat(thinned.lossAt(flops))
                    .as("at %.3g FLOPs", flops)
                    .isCloseTo(whole.lossAt(flops), within(4 * thinned.standardErrorNats()));
        }
    }

    private static SmoothedCurve smoothed(StepThinning thinning, List<CurvePoint> points) {
        RunCurve run = RunCurve.empty("run", 1e6, thinning).plus(points);
        return SmoothedCurve.of(run, Stiffness.crossValidated()).result().orElseThrow();
    }
}
