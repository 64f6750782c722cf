package org.plmfrontier.fitting.kafka;

/**
 * How predictions are sealed.
 *
 * @param share most of one processor's time that forecasters take, above 0 and at most 1
 */
public record SealSettings(double share) {
    public SealSettings {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must lie in (0, 1], got " + share);
        }
    }
}
