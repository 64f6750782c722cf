package org.plmfrontier.fitting.analysis;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * What a method's result rests on.
 *
 * @param convention which N, D and C
 * @param used curves, budgets or losses that entered
 * @param excluded one sentence each about what was left out
 * @param flags what a reader must know
 * @param bootstrap how the intervals were made; its seed reproduces them
 */
public record Basis(Convention convention, int used, List<String> excluded, List<Flag> flags, Bootstrap bootstrap) {
    public Basis {
        Objects.requireNonNull(convention, "convention");
        if (used < 0) {
            throw new IllegalArgumentException("used must not be negative, got " + used);
        }
        excluded = List.copyOf(excluded);
        flags = List.copyOf(flags);
        Objects.requireNonNull(bootstrap, "bootstrap");
    }
}
