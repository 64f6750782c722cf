package org.plmfrontier.trainer.ranking;

/** Where a number lies with 95 % confidence. */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval is " + low + " to " + high);
        }
    }
}
