package org.plmfrontier.fitting.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.plateau.PooledPlateau;

/**
 * Whether the loss has stopped falling.
 *
 * @param verdicts by run id, of the runs that have a curve
 * @param pooled the verdict on these runs together
 */
public record VerdictsFit(Method method, Map<String, PlateauVerdict> verdicts, PooledPlateau pooled, Basis basis)
        implements MethodFit {
    public VerdictsFit {
        Objects.requireNonNull(method, "method");
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        Objects.requireNonNull(pooled, "pooled");
        Objects.requireNonNull(basis, "basis");
    }

    @Override
    public VerdictsFit withoutEmptyIntervals() {
        return this;
    }
}
