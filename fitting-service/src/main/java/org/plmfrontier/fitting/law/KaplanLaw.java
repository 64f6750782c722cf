package org.plmfrontier.fitting.law;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code L = [(Nc/N)^(alphaN/alphaD) + Dc/D]^alphaD} (Kaplan et al. 2020, Eq. 1.5; Serrano et al. 2024, Eq. 1). The critical
 * numbers are kept as logarithms; they are positive, unlike the paper's D_c.
 */
public record KaplanLaw(double alphaN, double alphaD, double lnNc, double lnDc) implements LossSurface {
    public KaplanLaw {
        if (!(alphaN > 0 && alphaD > 0) || Double.isInfinite(alphaN + alphaD)) {
            throw new IllegalArgumentException(
                    "alphaN " + alphaN + " and alphaD " + alphaD + " must be positive and finite");
        }
        if (!Double.isFinite(lnNc + lnDc)) {
            throw new IllegalArgumentException("lnNc " + lnNc + " and lnDc " + lnDc + " must be finite");
        }
    }

    @Override
    public double lossAt(double parameters, double tokens) {
        double byParameters = alphaN / alphaD * (lnNc - Math.log(parameters));
        double byTokens = lnDc - Math.log(tokens);
        double larger = Math.max(byParameters, byTokens);
        double sum = Math.exp(byParameters - larger) + Math.exp(byTokens - larger);
        return Math.exp(alphaD * (larger + Math.log(sum)));
    }

    @Override
    public Map<String, Double> coefficients() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("alphaN", alphaN);
        named.put("alphaD", alphaD);
        named.put("lnNc", lnNc);
        named.put("lnDc", lnDc);
        return named;
    }

    /** alphaD / (alphaN + alphaD): the minimum of the bracket along C = 6 N D. */
    @Override
    public double a() {
        return alphaD / (alphaN + alphaD);
    }

    @Override
    public double parametersAt(double computeFlops) {
        double p = alphaN / alphaD;
        double lnTokensTimesN = Math.log(computeFlops / SIX);
        return Math.exp((Math.log(p) + p * lnNc - lnDc + lnTokensTimesN) / (1 + p));
    }
}
