package org.plmfrontier.fitting.plateau;

import java.util.stream.IntStream;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.RunCurve;

/**
 * Where a run stands in its learning-rate schedule.
 *
 * @param share current rate over the highest so far; 1 where it is not known
 * @param warmingUp whether the peak still lies ahead
 * @param known whether the current rate is known
 */
public record LearningRates(double share, boolean warmingUp, boolean known) {
    /** A rate that is as high as it ever was. */
    public static final LearningRates CONSTANT = new LearningRates(1, false, true);
    /** No rate is known: the schedule may or may not hold the loss. */
    public static final LearningRates UNKNOWN = new LearningRates(1, false, false);

    private static final int LOOKS = 200;
    /** A rate that is still at its highest and has risen by this since three quarters of the known points warms up. */
    private static final double RISEN = 1.02;

    public LearningRates {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must lie in [0, 1], got " + share);
        }
    }

    /** Under a known schedule. */
    public static LearningRates of(Schedule schedule, double tokensSeen) {
        double highest = 0;
        for (int i = 0; i <= LOOKS; i++) {
            highest = Math.max(highest, schedule.learningRate(tokensSeen * i / LOOKS));
        }
        boolean warmingUp = highest < 0.99 * schedule.peakLearningRate();
        return new LearningRates(highest > 0 ? schedule.learningRate(tokensSeen) / highest : 0, warmingUp, true);
    }

    /**
     * From the rates at the points themselves. Points without a rate are passed over: the last one known counts, as long as
     * it is from the later half of the tokens.
     */
    public static LearningRates of(RunCurve curve) {
        int[] known = IntStream.range(0, curve.size())
                .filter(i -> curve.learningRate(i).isPresent())
                .toArray();
        if (known.length == 0) {
            return UNKNOWN;
        }
        int last = known[known.length - 1];
        double highest =
                IntStream.of(known).mapToDouble(i -> rate(curve, i)).max().orElseThrow();
        if (!(highest > 0) || 2 * curve.tokens(last) < curve.tokens(curve.size() - 1)) {
            return UNKNOWN;
        }
        double now = rate(curve, last);
        boolean rising = now == highest && now > RISEN * rate(curve, known[(known.length - 1) * 3 / 4]);
        return new LearningRates(now / highest, rising, true);
    }

    private static double rate(RunCurve curve, int i) {
        return curve.learningRate(i).orElseThrow();
    }
}
