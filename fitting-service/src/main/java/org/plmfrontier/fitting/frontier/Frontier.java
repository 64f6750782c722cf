package org.plmfrontier.fitting.frontier;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * The compute-optimal frontier by one method.
 *
 * @param method name of the method: a1, a2, a3 or kaplan
 * @param convention which N, D and C
 * @param points ascending by budget
 * @param a exponent of N_opt ~ C^a
 * @param b exponent of D_opt ~ C^b
 * @param bootstrap how the intervals were made; its seed reproduces them
 * @param flags what a reader must know
 */
public record Frontier(
        String method,
        Convention convention,
        List<FrontierPoint> points,
        Estimate a,
        Estimate b,
        Bootstrap bootstrap,
        List<Flag> flags) {
    public Frontier {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(convention, "convention");
        points = List.copyOf(points);
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(bootstrap, "bootstrap");
        flags = List.copyOf(flags);
    }
}
