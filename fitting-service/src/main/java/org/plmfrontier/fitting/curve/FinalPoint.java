package org.plmfrontier.fitting.curve;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.masking.LossParts;

/**
 * Held-out loss at the end of a token budget: a final loss, kept apart from the curve points.
 *
 * @param budgetTokens the budget that ended
 * @param tokens tokens really seen
 * @param computeFlops training FLOPs really spent, unpadded
 * @param lossNats nats per selected residue of the held-out set
 * @param parts the same by what the model saw of the residues; null where nobody told
 */
public record FinalPoint(
        double budgetTokens,
        double tokens,
        double computeFlops,
        double lossNats,
        @Nullable LossParts parts) {
    public FinalPoint {
        positive("budgetTokens", budgetTokens);
        positive("tokens", tokens);
        positive("computeFlops", computeFlops);
        positive("lossNats", lossNats);
    }

    /** A final loss without parts. */
    public FinalPoint(double budgetTokens, double tokens, double computeFlops, double lossNats) {
        this(budgetTokens, tokens, computeFlops, lossNats, null);
    }

    /** Whether both tell of the same evaluation, one perhaps without its parts. */
    public boolean agreesWith(FinalPoint other) {
        return budgetTokens == other.budgetTokens
                && tokens == other.tokens
                && computeFlops == other.computeFlops
                && lossNats == other.lossNats
                && (parts == null || other.parts == null || parts.equals(other.parts));
    }

    private static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be positive and finite, got " + value);
        }
    }
}
