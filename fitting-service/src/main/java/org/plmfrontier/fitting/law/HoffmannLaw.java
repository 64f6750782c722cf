package org.plmfrontier.fitting.law;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code L = E + A / N^alpha + B / D^beta} (Hoffmann et al. 2022, Eq. 2). The coefficients are kept as logarithms.
 *
 * @param lnE ln of the irreducible loss in nats
 * @param lnA ln of A
 * @param lnB ln of B
 */
public record HoffmannLaw(double lnE, double lnA, double lnB, double alpha, double beta) implements LossSurface {
    public HoffmannLaw {
        if (!Double.isFinite(lnE + lnA + lnB)) {
            throw new IllegalArgumentException("lnE " + lnE + ", lnA " + lnA + ", lnB " + lnB + " must be finite");
        }
        if (!(alpha > 0 && beta > 0) || Double.isInfinite(alpha + beta)) {
            throw new IllegalArgumentException("alpha " + alpha + " and beta " + beta + " must be positive and finite");
        }
    }

    @Override
    public double lossAt(double parameters, double tokens) {
        return Math.exp(lnE) + Math.exp(lnA - alpha * Math.log(parameters)) + Math.exp(lnB - beta * Math.log(tokens));
    }

    @Override
    public Map<String, Double> coefficients() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("E", Math.exp(lnE));
        named.put("A", Math.exp(lnA));
        named.put("B", Math.exp(lnB));
        named.put("alpha", alpha);
        named.put("beta", beta);
        return named;
    }

    @Override
    public Optional<Double> irreducibleNats() {
        return Optional.of(Math.exp(lnE));
    }

    /** beta / (alpha + beta) (Hoffmann et al. 2022, Eq. 4). */
    @Override
    public double a() {
        return beta / (alpha + beta);
    }

    /** {@code G (C/6)^a} with {@code G = (alpha A / (beta B))^(1 / (alpha + beta))} (Hoffmann et al. 2022, Eq. 4). */
    @Override
    public double parametersAt(double computeFlops) {
        double lnG = (Math.log(alpha / beta) + lnA - lnB) / (alpha + beta);
        return Math.exp(lnG + a() * Math.log(computeFlops / SIX));
    }
}
