package org.plmfrontier.contracts.masking;

/**
 * Loss over some of the selected residues.
 *
 * @param lossNats mean, nats per residue
 * @param residues how many the mean is over, at least one
 */
public record LossPart(double lossNats, long residues) {
    public LossPart {
        if (!(lossNats >= 0) || Double.isInfinite(lossNats)) {
            throw new IllegalArgumentException("lossNats must be finite and not negative, got " + lossNats);
        }
        if (residues <= 0) {
            throw new IllegalArgumentException("residues must be positive, got " + residues);
        }
    }
}
