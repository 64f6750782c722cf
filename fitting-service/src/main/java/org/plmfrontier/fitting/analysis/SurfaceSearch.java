package org.plmfrontier.fitting.analysis;

import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.quantity.Convergence;

/**
 * How the search for a surface ended.
 *
 * @param second another optimum that is nearly as good
 */
public record SurfaceSearch(Convergence convergence, Optional<RobustFit.SecondBasin> second) {
    public SurfaceSearch {
        Objects.requireNonNull(convergence, "convergence");
        Objects.requireNonNull(second, "second");
    }
}
