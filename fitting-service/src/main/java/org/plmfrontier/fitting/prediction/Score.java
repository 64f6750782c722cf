package org.plmfrontier.fitting.prediction;

import org.plmfrontier.fitting.quantity.Estimate;

/**
 * How good a forecast was.
 *
 * @param inside whether the interval holds what came
 * @param errorNats what came less what was forecast
 * @param intervalScoreNats the interval's width and 2 / (1 - level) times the distance outside, less is better (Gneiting and
 *     Raftery 2007, equation 43)
 */
public record Score(boolean inside, double errorNats, double intervalScoreNats) {
    /** The score of a forecast whose outcome is known. */
    public static Score of(Estimate forecast, double lossNats) {
        double outside = Math.max(0, forecast.low() - lossNats) + Math.max(0, lossNats - forecast.high());
        return new Score(
                forecast.covers(lossNats),
                lossNats - forecast.value(),
                forecast.width() + 2 / (1 - forecast.level()) * outside);
    }
}
