package org.plmfrontier.fitting.law;

/**
 * The data-constrained law of Muennighoff et al. 2023 (Eq. 5 and 6): Hoffmann's surface at effective numbers, where repeated
 * tokens and parameters in excess of what the unique tokens can feed are worth less and less,
 * {@code x' = U + U R* (1 - exp(-R / R*))} with R repetitions beyond the first.
 *
 * @param fresh the surface without repetition
 * @param tokenDecay R_D*, repetitions of the data after which another is worth 1/e of the first
 * @param parameterDecay R_N*, the same for excess parameters
 */
public record RepeatedDataLaw(HoffmannLaw fresh, double tokenDecay, double parameterDecay) {
    public RepeatedDataLaw {
        if (!(tokenDecay > 0 && parameterDecay > 0) || Double.isInfinite(tokenDecay + parameterDecay)) {
            throw new IllegalArgumentException("tokenDecay " + tokenDecay + " and parameterDecay " + parameterDecay
                    + " must be positive and finite");
        }
    }

    /** Loss in nats of a model of N parameters after D tokens of which U are unique. */
    public double lossAt(double parameters, double tokens, double uniqueTokens) {
        double usable = Math.min(parameters, parametersFor(fresh, uniqueTokens));
        return fresh.lossAt(
                effective(usable, parameters / usable - 1, parameterDecay),
                effective(uniqueTokens, Math.max(0, tokens / uniqueTokens - 1), tokenDecay));
    }

    /** Effective number for a unique one repeated so often beyond the first time. */
    public static double effective(double unique, double repetitions, double decay) {
        return unique + unique * decay * -Math.expm1(-repetitions / decay);
    }

    /** N_opt of the surface for which D_opt is the given number of tokens. */
    public static double parametersFor(HoffmannLaw law, double tokens) {
        double lnG = (Math.log(law.alpha() / law.beta()) + law.lnA() - law.lnB()) / (law.alpha() + law.beta());
        return Math.exp(lnG + law.a() * (Math.log(tokens) + lnG) / law.b());
    }
}
