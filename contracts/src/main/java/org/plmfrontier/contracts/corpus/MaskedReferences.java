package org.plmfrontier.contracts.corpus;

import java.util.Objects;
import org.plmfrontier.contracts.recipe.Masking;

/**
 * Losses of two predictors without a network on the held-out set under the very masks of the held-out evaluation ({@link
 * org.plmfrontier.contracts.masking.HeldOutMasks}), in nats per selected residue. Both know the shares of the masks: of a
 * residue that shows x they predict {@code P(t | x)} proportional to {@code p(t) (unchanged [t = x] + random / 20)}, of one
 * that shows MASK {@code p(t)} itself.
 *
 * @param masking shares of the masks
 * @param selectedResidues residues that are predicted
 * @param frequenciesNats where p is the frequencies of the training part
 * @param frequenciesOnMaskNats the same over the residues that show MASK: the cross-entropy of the frequencies
 * @param neighboursNats where p is what the two nearest visible residues on each side tell, with back-off
 * @param neighboursOnMaskNats the same over the residues that show MASK
 */
public record MaskedReferences(
        Masking masking,
        long selectedResidues,
        double frequenciesNats,
        double frequenciesOnMaskNats,
        double neighboursNats,
        double neighboursOnMaskNats) {
    public MaskedReferences {
        Objects.requireNonNull(masking, "masking");
        if (selectedResidues <= 0) {
            throw new IllegalArgumentException("selectedResidues must be positive, got " + selectedResidues);
        }
        ReferenceLosses.finite("frequenciesNats", frequenciesNats);
        ReferenceLosses.finite("frequenciesOnMaskNats", frequenciesOnMaskNats);
        ReferenceLosses.finite("neighboursNats", neighboursNats);
        ReferenceLosses.finite("neighboursOnMaskNats", neighboursOnMaskNats);
    }
}
