package org.plmfrontier.fitting.curve;

/**
 * Held-out loss at the end of a token budget: a final loss, kept apart from the curve points.
 *
 * @param budgetTokens the budget that ended
 * @param tokens tokens really seen
 * @param computeFlops training FLOPs really spent, unpadded
 * @param lossNats nats per masked residue of the held-out set
 */
public record FinalPoint(double budgetTokens, double tokens, double computeFlops, double lossNats) {
    public FinalPoint {
        positive("budgetTokens", budgetTokens);
        positive("tokens", tokens);
        positive("computeFlops", computeFlops);
        positive("lossNats", lossNats);
    }

    private static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be positive and finite, got " + value);
        }
    }
}
