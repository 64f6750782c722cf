package org.plmfrontier.fitting.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.plateau.PooledPlateau;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * One method's result, of one shape for all methods.
 *
 * @param coefficients by name, all finite; for a3 E, A, B, alpha, beta
 * @param a exponent of N_opt ~ C^a; empty for verdicts and laws of the loss alone
 * @param b exponent of D_opt ~ C^b; empty as a is
 * @param estimates coefficients of a law of the loss alone with their intervals, by name; empty for the others
 * @param points the frontier at some budgets
 * @param frontier the same as a function of any budget; empty where a is, and for optima
 * @param verdicts by run; empty but for the plateau
 * @param pooled the verdict on the study as a whole; empty but for the plateau
 * @param convergence of surfaces and laws of the loss alone
 * @param second another optimum of surfaces that is nearly as good
 * @param used curves, final losses or budgets that entered
 * @param excluded one sentence each about what was left out
 * @param bootstrap how the intervals were made; its seed reproduces them
 */
public record MethodFit(
        Method method,
        Map<String, Double> coefficients,
        Optional<Estimate> a,
        Optional<Estimate> b,
        Map<String, Estimate> estimates,
        List<FrontierPoint> points,
        Optional<FrontierAt> frontier,
        Map<String, PlateauVerdict> verdicts,
        Optional<PooledPlateau> pooled,
        Convention convention,
        Optional<Convergence> convergence,
        Optional<RobustFit.SecondBasin> second,
        List<Flag> flags,
        int used,
        List<String> excluded,
        Bootstrap bootstrap) {
    public MethodFit {
        Objects.requireNonNull(method, "method");
        coefficients.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("coefficient " + name + " must be finite, got " + value);
            }
        });
        coefficients = Collections.unmodifiableMap(new LinkedHashMap<>(coefficients));
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
        points = List.copyOf(points);
        Objects.requireNonNull(frontier, "frontier");
        Objects.requireNonNull(pooled, "pooled");
        Objects.requireNonNull(second, "second");
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        Objects.requireNonNull(convention, "convention");
        flags = List.copyOf(flags);
        excluded = List.copyOf(excluded);
        Objects.requireNonNull(bootstrap, "bootstrap");
    }

    /** The same with these estimates. */
    MethodFit withEstimates(Map<String, Estimate> other) {
        return new MethodFit(
                method,
                coefficients,
                a,
                b,
                other,
                points,
                frontier,
                verdicts,
                pooled,
                convention,
                convergence,
                second,
                flags,
                used,
                excluded,
                bootstrap);
    }
}
