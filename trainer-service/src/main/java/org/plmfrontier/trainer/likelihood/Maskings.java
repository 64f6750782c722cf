package org.plmfrontier.trainer.likelihood;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.topic.TokenBatch;

/**
 * The masks of an evaluation: 15 % of the residues of each protein, of which 80 % are MASK, 10 % another residue and 10 % as they
 * are, drawn anew for each masking, the same for every model.
 */
record Maskings(List<byte[]> sequences, int seed) {
    /** The proteins under one of the maskings, one record each. */
    List<MaskedRecord> of(int masking) {
        ResidueMasking masks = new ResidueMasking(HeldOutMasks.SHARES, SplitMix64.mix(seed + ((long) masking << 32)));
        List<MaskedRecord> records = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            records.add(masks.mask(alone(sequences.get(i)), i));
        }
        return records;
    }

    /** A record of one sequence. */
    static TokenBatch alone(byte[] sequence) {
        return new TokenBatch("", 0, sequence, new int[] {sequence.length});
    }
}
