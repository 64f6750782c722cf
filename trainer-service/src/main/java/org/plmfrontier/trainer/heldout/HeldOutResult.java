package org.plmfrontier.trainer.heldout;

/**
 * The loss of a model on the held-out set.
 *
 * @param lossNats mean over all selected residues; NaN or infinite where the model is broken
 * @param selectedResidues how many they are
 */
public record HeldOutResult(double lossNats, long selectedResidues) {
    public HeldOutResult {
        if (selectedResidues <= 0) {
            throw new IllegalArgumentException("selectedResidues must be positive, got " + selectedResidues);
        }
    }
}
