package org.plmfrontier.fitting.resample;

import java.util.Locale;

/**
 * How many of the resamples determined what was to be estimated. One that did not leaves every number possible: half of such
 * resamples count as below all others and half as above. An interval from the others alone would be that of the survivors.
 *
 * @param determined resamples that determined it
 * @param tried resamples drawn
 */
public record DrawnShare(int determined, int tried) {
    private static final double ROUNDING = 1e-9;

    public DrawnShare {
        if (determined < 0 || determined > tried) {
            throw new IllegalArgumentException(determined + " of " + tried + " resamples");
        }
    }

    /** Whether an interval of the level has ends: no more of the resamples are missing than it may leave out. */
    public boolean bounds(double level) {
        return tried > 0 && tried - determined <= (1 - level) * tried + ROUNDING;
    }

    /** Why an interval of the level has no ends, for {@code what} the others do not. */
    public String reason(double level, String what) {
        return String.format(
                Locale.ROOT,
                "%d of %d resamples %s; an interval of %.0f %% may leave out %.0f %%, and one from the others alone would be too"
                        + " narrow",
                tried - determined,
                tried,
                what,
                100 * level,
                100 * (1 - level));
    }

    /** The tail among the determined ones that leaves a tail among all. */
    double tail(double tail) {
        return determined == 0 ? 0 : Math.max(0, (tail * tried - 0.5 * (tried - determined)) / determined);
    }
}
