package org.plmfrontier.fitting.frontier;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * The compute-optimal frontier by one method.
 *
 * @param points ascending by budget
 * @param a exponent of N_opt ~ C^a
 * @param b exponent of D_opt ~ C^b
 * @param at the frontier at any budget; empty where only points are known
 */
public record Frontier(List<FrontierPoint> points, Estimate a, Estimate b, Optional<FrontierAt> at) {
    public Frontier {
        points = List.copyOf(points);
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(at, "at");
    }
}
