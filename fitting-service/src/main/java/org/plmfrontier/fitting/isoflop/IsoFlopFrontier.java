package org.plmfrontier.fitting.isoflop;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.quantity.PowerLaw;
import org.plmfrontier.fitting.resample.PercentileInterval;

/**
 * The answer of approach 2.
 *
 * @param vertices ascending by budget
 * @param parameters N_opt(C)
 * @param tokens D_opt(C)
 * @param a exponent of N_opt
 * @param b exponent of D_opt
 * @param noiseNats standard deviation of a loss around its parabola, as propagated
 * @param leftOut one sentence per budget that gave no vertex
 * @param resampled the laws under noise, from which intervals come
 */
public record IsoFlopFrontier(
        List<Vertex> vertices,
        PowerLaw parameters,
        PowerLaw tokens,
        Estimate a,
        Estimate b,
        double noiseNats,
        List<String> leftOut,
        List<Flag> flags,
        List<VertexLaws> resampled,
        Bootstrap bootstrap) {
    /** How far outside the budgets tried the laws are quoted; further out no data speaks for them. */
    public static final double FURTHEST = 10;

    public IsoFlopFrontier {
        vertices = List.copyOf(vertices);
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        leftOut = List.copyOf(leftOut);
        flags = List.copyOf(flags);
        resampled = List.copyOf(resampled);
        Objects.requireNonNull(bootstrap, "bootstrap");
    }

    /** N_opt at the budget; not identifiable too far outside the budgets tried. */
    public FitOutcome<Estimate> parametersAt(double budgetFlops) {
        return at(budgetFlops, laws -> laws.parameters().at(budgetFlops));
    }

    /** D_opt at the budget. */
    public FitOutcome<Estimate> tokensAt(double budgetFlops) {
        return at(budgetFlops, laws -> laws.tokens().at(budgetFlops));
    }

    /** D_opt over N_opt at the budget. */
    public FitOutcome<Estimate> tokensPerParameterAt(double budgetFlops) {
        return at(
                budgetFlops,
                laws -> laws.tokens().at(budgetFlops) / laws.parameters().at(budgetFlops));
    }

    /** Loss at the vertices, linear in ln C between them; not identifiable outside of them: parabolas tell no more. */
    public FitOutcome<Estimate> lossAt(double budgetFlops) {
        for (int i = 1; i < vertices.size(); i++) {
            Vertex left = vertices.get(i - 1);
            Vertex right = vertices.get(i);
            if (left.budgetFlops() <= budgetFlops && budgetFlops <= right.budgetFlops()) {
                double share =
                        Math.log(budgetFlops / left.budgetFlops()) / Math.log(right.budgetFlops() / left.budgetFlops());
                return FitOutcome.fitted(between(left.lossNats(), right.lossNats(), share));
            }
        }
        return FitOutcome.notIdentifiable(
                "parabolas give no loss at " + budgetFlops + " FLOPs, outside the budgets tried");
    }

    private static Estimate between(Estimate left, Estimate right, double share) {
        return new Estimate(
                left.value() + share * (right.value() - left.value()),
                left.low() + share * (right.low() - left.low()),
                left.high() + share * (right.high() - left.high()),
                left.level());
    }

    private FitOutcome<Estimate> at(double budgetFlops, ToDoubleFunction<VertexLaws> quantity) {
        double first = vertices.get(0).budgetFlops();
        double last = vertices.get(vertices.size() - 1).budgetFlops();
        if (!(budgetFlops >= first / FURTHEST && budgetFlops <= last * FURTHEST)) {
            return FitOutcome.notIdentifiable(budgetFlops + " FLOPs lie more than a factor " + FURTHEST
                    + " outside what was trained, " + first + " to " + last);
        }
        return FitOutcome.fitted(PercentileInterval.of(
                quantity.applyAsDouble(new VertexLaws(parameters, tokens)),
                resampled.stream().mapToDouble(quantity).toArray(),
                bootstrap.level()));
    }
}
