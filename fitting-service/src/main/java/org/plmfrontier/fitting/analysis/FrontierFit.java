package org.plmfrontier.fitting.analysis;

import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.quantity.Convergence;

/**
 * The result of a method that says how to divide compute between N and D.
 *
 * @param divides the frontier
 * @param search of surfaces: how the optimum was found; empty for the others
 */
public record FrontierFit(
        Method method, Coefficients law, Frontier divides, Optional<SurfaceSearch> search, Basis basis)
        implements MethodFit {
    public FrontierFit {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(law, "law");
        Objects.requireNonNull(divides, "divides");
        Objects.requireNonNull(search, "search");
        Objects.requireNonNull(basis, "basis");
    }

    @Override
    public Optional<Frontier> frontier() {
        return Optional.of(divides);
    }

    @Override
    public Optional<Convergence> convergence() {
        return search.map(SurfaceSearch::convergence);
    }

    @Override
    public Optional<RobustFit.SecondBasin> second() {
        return search.flatMap(SurfaceSearch::second);
    }

    @Override
    public FrontierFit withoutEmptyIntervals() {
        return new FrontierFit(method, law.withoutEmptyIntervals(), divides, search, basis);
    }
}
