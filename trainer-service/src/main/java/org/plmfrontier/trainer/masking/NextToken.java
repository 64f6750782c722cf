package org.plmfrontier.trainer.masking;

import java.util.Arrays;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.topic.TokenBatch;

/**
 * Causal language modelling: every token but a sequence's last is a place at which the token behind it is predicted, END
 * included. Nothing is hidden and nothing is drawn, so a record is the same at each reading.
 */
public final class NextToken implements Objective {
    @Override
    public MaskedRecord mask(TokenBatch batch, long position) {
        byte[] tokens = batch.tokens();
        int[] places = new int[tokens.length];
        byte[] targets = new byte[tokens.length];
        int count = 0;
        int end = 0;
        for (int length : batch.lengths()) {
            end += length;
            for (int i = end - length; i < end - 1; i++) {
                places[count] = i;
                targets[count++] = tokens[i + 1];
            }
        }
        return new MaskedRecord(tokens, Arrays.copyOf(places, count), Arrays.copyOf(targets, count), batch.lengths());
    }
}
