package org.plmfrontier.contracts.recipe;

/**
 * BERT masking of residues (Serrano et al. 2024, Appendix D): a share of the residues is selected; of those a share
 * becomes MASK, a share a random residue, the rest stays.
 */
public record Masking(double selected, double masked, double random) {
    /** 15 % selected, of those 80 % MASK, 10 % random residue, 10 % unchanged. */
    public static final Masking BERT = new Masking(0.15, 0.8, 0.1);

    public Masking {
        if (!(selected > 0 && selected < 1)) {
            throw new IllegalArgumentException("selected must lie in (0, 1), got " + selected);
        }
        if (!(masked >= 0 && random >= 0 && masked + random <= 1)) {
            throw new IllegalArgumentException(
                    "masked " + masked + " and random " + random + " must be shares that sum to at most 1");
        }
    }
}
