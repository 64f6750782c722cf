package org.plmfrontier.trainer.heldout;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.masking.LossParts;

/**
 * The loss of a model on the held-out set.
 *
 * @param lossNats mean over all selected residues; NaN or infinite where the model is broken
 * @param selectedResidues how many they are
 * @param parts the same by what the model saw; null of causal families, where every residue shows MASK as for a
 *     pseudo-perplexity, and where the loss is no number
 */
public record HeldOutResult(
        double lossNats, long selectedResidues, @Nullable LossParts parts) {
    public HeldOutResult {
        if (selectedResidues <= 0) {
            throw new IllegalArgumentException("selectedResidues must be positive, got " + selectedResidues);
        }
    }
}
