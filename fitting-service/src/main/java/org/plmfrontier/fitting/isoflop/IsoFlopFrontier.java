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
 * @param laws through the vertices
 * @param noise of the losses, and what it does to the laws
 * @param leftOut one sentence per budget that gave no vertex
 */
public record IsoFlopFrontier(
        List<Vertex> vertices, Laws laws, Noise noise, List<String> leftOut, List<Flag> flags, Bootstrap bootstrap) {
    /**
     * The power laws N_opt(C) and D_opt(C).
     *
     * @param a exponent of N_opt
     * @param b exponent of D_opt
     */
    public record Laws(VertexLaws best, Estimate a, Estimate b) {
        public Laws {
            Objects.requireNonNull(best, "best");
            Objects.requireNonNull(a, "a");
            Objects.requireNonNull(b, "b");
        }
    }

    /**
     * Scatter of the losses.
     *
     * @param nats standard deviation of a loss around its parabola, as propagated
     * @param laws under that noise, from which intervals come
     */
    public record Noise(double nats, List<VertexLaws> laws) {
        public Noise {
            laws = List.copyOf(laws);
        }
    }

    /** How far outside the budgets tried the laws are quoted; further out no data speaks for them. */
    public static final double FURTHEST = 10;

    public IsoFlopFrontier {
        vertices = List.copyOf(vertices);
        Objects.requireNonNull(laws, "laws");
        Objects.requireNonNull(noise, "noise");
        leftOut = List.copyOf(leftOut);
        flags = List.copyOf(flags);
        Objects.requireNonNull(bootstrap, "bootstrap");
    }

    /** N_opt(C). */
    public PowerLaw parameters() {
        return laws.best().parameters();
    }

    /** D_opt(C). */
    public PowerLaw tokens() {
        return laws.best().tokens();
    }

    /** Exponent of N_opt. */
    public Estimate a() {
        return laws.a();
    }

    /** Exponent of D_opt. */
    public Estimate b() {
        return laws.b();
    }

    /** Standard deviation of a loss around its parabola, as propagated. */
    public double noiseNats() {
        return noise.nats();
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

    /**
     * Loss at the vertices; between two of them along the parabola over ln C through these and the next one, since the loss
     * flattens with compute and a straight line would lie above it. Not identifiable outside of the vertices: parabolas tell no
     * more.
     */
    public FitOutcome<Estimate> lossAt(double budgetFlops) {
        for (int i = 1; i < vertices.size(); i++) {
            Vertex left = vertices.get(i - 1);
            Vertex right = vertices.get(i);
            if (left.budgetFlops() <= budgetFlops && budgetFlops <= right.budgetFlops()) {
                double share =
                        Math.log(budgetFlops / left.budgetFlops()) / Math.log(right.budgetFlops() / left.budgetFlops());
                return FitOutcome.fitted(between(left.lossNats(), right.lossNats(), share, bend(i, budgetFlops)));
            }
        }
        return FitOutcome.notIdentifiable(
                "parabolas give no loss at " + budgetFlops + " FLOPs, outside the budgets tried");
    }

    /** How far the parabola through vertices i - 1, i and the nearer of their neighbours lies from their line, nats. */
    private double bend(int i, double budgetFlops) {
        if (vertices.size() < 3) {
            return 0;
        }
        int other = i + 1 < vertices.size() ? i + 1 : i - 2;
        double x = Math.log(budgetFlops);
        double x0 = lnBudget(i - 1);
        double x1 = lnBudget(i);
        double x2 = lnBudget(other);
        double first = (loss(i) - loss(i - 1)) / (x1 - x0);
        double second = ((loss(other) - loss(i)) / (x2 - x1) - first) / (x2 - x0);
        return second * (x - x0) * (x - x1);
    }

    private double lnBudget(int i) {
        return Math.log(vertices.get(i).budgetFlops());
    }

    private double loss(int i) {
        return vertices.get(i).lossNats().value();
    }

    private static Estimate between(Estimate left, Estimate right, double share, double bend) {
        return new Estimate(
                left.value() + share * (right.value() - left.value()) + bend,
                left.low() + share * (right.low() - left.low()) + bend,
                left.high() + share * (right.high() - left.high()) + bend,
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
                quantity.applyAsDouble(laws.best()),
                noise.laws().stream()
                        .mapToDouble(quantity)
                        .filter(Double::isFinite)
                        .toArray(),
                bootstrap.resamples(),
                bootstrap.level()));
    }
}
