package org.plmfrontier.fitting.analysis;

import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.quantity.Convergence;

/**
 * A law that says how the loss falls without saying how to divide compute.
 *
 * @param found how the search ended
 */
public record LossLawFit(Method method, Coefficients law, Convergence found, Basis basis) implements MethodFit {
    public LossLawFit {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(law, "law");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(basis, "basis");
    }

    @Override
    public Optional<Convergence> convergence() {
        return Optional.of(found);
    }

    @Override
    public LossLawFit withoutEmptyIntervals() {
        return new LossLawFit(method, law.withoutEmptyIntervals(), found, basis);
    }
}
