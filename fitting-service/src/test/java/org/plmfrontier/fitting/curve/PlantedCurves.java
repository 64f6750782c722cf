package org.plmfrontier.fitting.curve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Curves with a known truth. */
public final class PlantedCurves {
    private PlantedCurves() {}

    /** A run of {@code steps} equal steps with C = 6ND, loss a function of the tokens, and normal noise. */
    public static RunCurve run(
            String id,
            double parameters,
            int steps,
            double tokensPerStep,
            DoubleUnaryOperator lossOfTokens,
            double noise,
            SplittableRandom random) {
        List<CurvePoint> points = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double tokens = step * tokensPerStep;
            double flops = 6 * parameters * tokens;
            double loss = lossOfTokens.applyAsDouble(tokens) + noise * random.nextGaussian();
            points.add(new CurvePoint(step, tokens, flops, flops, loss, 1e-3));
        }
        return RunCurve.of(id, parameters, points);
    }

    /** The same list in another order. */
    public static <T> List<T> shuffled(List<T> list, long seed) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(seed));
        return copy;
    }
}
