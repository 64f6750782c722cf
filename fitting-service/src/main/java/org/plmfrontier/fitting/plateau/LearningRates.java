package org.plmfrontier.fitting.plateau;

import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.RunCurve;

/**
 * Where a run stands in its learning-rate schedule.
 *
 * @param share current rate over the highest so far
 * @param warmingUp whether the peak still lies ahead
 */
public record LearningRates(double share, boolean warmingUp) {
    /** A rate that is as high as it ever was. */
    public static final LearningRates CONSTANT = new LearningRates(1, false);

    private static final int LOOKS = 200;

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
        return new LearningRates(highest > 0 ? schedule.learningRate(tokensSeen) / highest : 0, warmingUp);
    }

    /** From the rates at the points themselves; a curve without rates counts as constant. */
    public static LearningRates of(RunCurve curve) {
        double highest = 0;
        for (int i = 0; i < curve.size(); i++) {
            highest = Math.max(highest, curve.learningRate(i));
        }
        return highest > 0 ? new LearningRates(curve.learningRate(curve.size() - 1) / highest, false) : CONSTANT;
    }
}
