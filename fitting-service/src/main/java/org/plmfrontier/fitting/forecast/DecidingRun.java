package org.plmfrontier.fitting.forecast;

/**
 * A run that would make an answer more certain.
 *
 * @param computeFlops what it costs, as 6 N D
 * @param widthBefore upper over lower end of the best size's interval, as it is
 * @param widthAfter the same once the run's loss is known, whatever that will be; both 0 where nothing is forecast yet
 */
public record DecidingRun(
        double parameters, double tokens, double computeFlops, double widthBefore, double widthAfter) {
    public DecidingRun {
        if (!(parameters > 0 && tokens > 0 && computeFlops > 0)) {
            throw new IllegalArgumentException(
                    "a run of " + parameters + " parameters, " + tokens + " tokens and " + computeFlops + " FLOPs");
        }
    }
}
