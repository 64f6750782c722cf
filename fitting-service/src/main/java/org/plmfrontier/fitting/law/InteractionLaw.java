package org.plmfrontier.fitting.law;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code L = E + (A N^-alpha + B D^-beta)^gamma}: Hoffmann's law with an exponent for the interaction of its two terms. With
 * gamma = 1 it is Hoffmann's (Hoffmann et al. 2022, Eq. 2), with E = 0 and beta = 1 Kaplan's (Kaplan et al. 2020, Eq. 1.5, whose
 * alpha_D is gamma). Below 1 the worse of N and D decides more sharply. The coefficients are kept as logarithms.
 *
 * @param lnE ln of the irreducible loss in nats
 * @param sum the bracket: {@code A N^-alpha + B D^-beta}
 * @param gamma exponent of the bracket
 */
public record InteractionLaw(double lnE, PowerSum sum, double gamma) implements LossSurface {

    /**
     * {@code A N^-alpha + B D^-beta}.
     *
     * @param lnA ln of A
     * @param lnB ln of B
     */
    public record PowerSum(double lnA, double lnB, double alpha, double beta) {
        public PowerSum {
            if (!Double.isFinite(lnA + lnB)) {
                throw new IllegalArgumentException("lnA " + lnA + " and lnB " + lnB + " must be finite");
            }
            if (!(alpha > 0 && beta > 0) || Double.isInfinite(alpha + beta)) {
                throw new IllegalArgumentException(
                        "alpha " + alpha + " and beta " + beta + " must be positive and finite");
            }
        }

        private double lnAt(double parameters, double tokens) {
            double byN = lnA - alpha * Math.log(parameters);
            double byD = lnB - beta * Math.log(tokens);
            double larger = Math.max(byN, byD);
            return larger + Math.log1p(Math.exp(Math.min(byN, byD) - larger));
        }
    }

    public InteractionLaw {
        if (!Double.isFinite(lnE)) {
            throw new IllegalArgumentException("lnE must be finite, got " + lnE);
        }
        if (!(gamma > 0) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException("gamma must be positive and finite, got " + gamma);
        }
    }

    @Override
    public double lossAt(double parameters, double tokens) {
        return Math.exp(lnE) + Math.exp(gamma * sum.lnAt(parameters, tokens));
    }

    @Override
    public Map<String, Double> coefficients() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("E", Math.exp(lnE));
        named.put("A", Math.exp(sum.lnA()));
        named.put("B", Math.exp(sum.lnB()));
        named.put("alpha", sum.alpha());
        named.put("beta", sum.beta());
        named.put("gamma", gamma);
        return named;
    }

    @Override
    public Optional<Double> irreducibleNats() {
        return Optional.of(Math.exp(lnE));
    }

    /** beta / (alpha + beta) as of Hoffmann's law: the bracket has its minimum where its power has. */
    @Override
    public double a() {
        return sum.beta() / (sum.alpha() + sum.beta());
    }

    /** {@code G (C/6)^a} with {@code G = (alpha A / (beta B))^(1 / (alpha + beta))} (Hoffmann et al. 2022, Eq. 4). */
    @Override
    public double parametersAt(double computeFlops) {
        double lnG = (Math.log(sum.alpha() / sum.beta()) + sum.lnA() - sum.lnB()) / (sum.alpha() + sum.beta());
        return Math.exp(lnG + a() * Math.log(computeFlops / SIX));
    }
}
