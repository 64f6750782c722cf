package org.plmfrontier.contracts.recipe;

/**
 * Learning rate as a function of the tokens seen before the step. A schedule that depends on nothing else lets one long
 * run serve every smaller budget.
 */
public sealed interface Schedule {

    /**
     * Learning rate of the next step.
     *
     * @param tokensSeen training tokens seen so far
     */
    double learningRate(double tokensSeen);

    /** The highest rate the schedule reaches. */
    double peakLearningRate();

    /** Tokens during which the rate is still rising: what is seen of the loss there is the warm-up, not the model. */
    double warmupTokens();

    /** Whether a prefix of a longer run under this schedule equals a shorter run. */
    boolean sharesPrefixes();

    /**
     * Constant rate after a linear warm-up. Without warm-up (0 tokens) it is the paper's first schedule.
     *
     * @param peakLearningRate the rate after the warm-up
     * @param warmupTokens tokens over which the rate rises linearly from 0
     */
    record Constant(double peakLearningRate, double warmupTokens) implements Schedule {
        public Constant {
            requireRate(peakLearningRate);
            requireTokens("warmupTokens", warmupTokens);
        }

        @Override
        public double learningRate(double tokensSeen) {
            return peakLearningRate * warmup(tokensSeen, warmupTokens);
        }

        @Override
        public boolean sharesPrefixes() {
            return true;
        }
    }

    /**
     * Exponential decay in tokens, Serrano et al. 2024, Eq. 2: {@code peak * factor^(tokens / perTokens)}; the paper's
     * factor is 0.999 per million tokens.
     */
    record TokenDecay(double peakLearningRate, double factor, double perTokens) implements Schedule {
        public TokenDecay {
            requireRate(peakLearningRate);
            if (!(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException("factor must lie in (0, 1], got " + factor);
            }
            if (!(perTokens > 0)) {
                throw new IllegalArgumentException("perTokens must be positive, got " + perTokens);
            }
        }

        @Override
        public double learningRate(double tokensSeen) {
            return peakLearningRate * Math.pow(factor, tokensSeen / perTokens);
        }

        @Override
        public double warmupTokens() {
            return 0;
        }

        @Override
        public boolean sharesPrefixes() {
            return true;
        }
    }

    /**
     * Linear warm-up, then half a cosine down to {@code peak * finalFraction} at {@code totalTokens}. It depends on the
     * budget, so each budget is a run of its own.
     */
    record WarmupCosine(double peakLearningRate, double warmupTokens, double totalTokens, double finalFraction)
            implements Schedule {
        public WarmupCosine {
            requireRate(peakLearningRate);
            requireTokens("warmupTokens", warmupTokens);
            if (!(totalTokens > warmupTokens)) {
                throw new IllegalArgumentException(
                        "totalTokens must exceed warmupTokens " + warmupTokens + ", got " + totalTokens);
            }
            if (!(finalFraction >= 0 && finalFraction <= 1)) {
                throw new IllegalArgumentException("finalFraction must lie in [0, 1], got " + finalFraction);
            }
        }

        @Override
        public double learningRate(double tokensSeen) {
            if (tokensSeen < warmupTokens) {
                return peakLearningRate * warmup(tokensSeen, warmupTokens);
            }
            double progress = Math.min(1, (tokensSeen - warmupTokens) / (totalTokens - warmupTokens));
            double cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
            return peakLearningRate * (finalFraction + (1 - finalFraction) * cosine);
        }

        @Override
        public boolean sharesPrefixes() {
            return false;
        }
    }

    private static double warmup(double tokensSeen, double warmupTokens) {
        return warmupTokens <= tokensSeen ? 1 : tokensSeen / warmupTokens;
    }

    private static void requireRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("peakLearningRate must be positive and finite, got " + rate);
        }
    }

    private static void requireTokens(String field, double tokens) {
        if (!(tokens >= 0) || Double.isInfinite(tokens)) {
            throw new IllegalArgumentException(field + " must be finite and not negative, got " + tokens);
        }
    }
}
