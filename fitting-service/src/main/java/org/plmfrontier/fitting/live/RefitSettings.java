package org.plmfrontier.fitting.live;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * When and how studies are fitted again.
 *
 * @param policy asked each time, since it may be another one while the service catches up
 * @param fits how a study is fitted
 * @param keep studies whose fits stay in memory, at least 1
 */
public record RefitSettings(Supplier<RefitPolicy> policy, FitSettings fits, int keep) {
    public RefitSettings {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(fits, "fits");
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1, got " + keep);
        }
    }
}
