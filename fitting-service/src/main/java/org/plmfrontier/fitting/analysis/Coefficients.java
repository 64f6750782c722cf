package org.plmfrontier.fitting.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * Coefficients of a law by name.
 *
 * @param values all finite
 * @param estimates those with an interval
 */
public record Coefficients(Map<String, Double> values, Map<String, Estimate> estimates) {
    /** No law. */
    public static final Coefficients NONE = new Coefficients(Map.of(), Map.of());

    public Coefficients {
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("coefficient " + name + " must be finite, got " + value);
            }
        });
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
    }

    /** Coefficients whose intervals are those of the exponents alone. */
    static Coefficients of(Map<String, Double> values) {
        return new Coefficients(values, Map.of());
    }

    /** The same without the intervals of no width: resamples that all give the same are no sign of certainty. */
    Coefficients withoutEmptyIntervals() {
        Map<String, Estimate> wide = new LinkedHashMap<>(estimates);
        wide.values().removeIf(estimate -> !(estimate.width() > 0));
        return new Coefficients(values, wide);
    }
}
