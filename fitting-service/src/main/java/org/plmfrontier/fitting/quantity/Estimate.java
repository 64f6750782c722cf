package org.plmfrontier.fitting.quantity;

/**
 * A number with its interval. Unit: that of the quantity the field is named after.
 *
 * @param value the point estimate, never outside the interval
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param level probability that the interval claims to cover, for example 0.95
 */
public record Estimate(double value, double low, double high, double level) {
    public Estimate {
        if (!(low <= value && value <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "value " + value + " must be finite and lie in its interval [" + low + ", " + high + "]");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must lie in (0, 1), got " + level);
        }
    }

    /** Whether the interval holds the other value. */
    public boolean covers(double other) {
        return low <= other && other <= high;
    }

    /** The interval's width. */
    public double width() {
        return high - low;
    }
}
