package org.plmfrontier.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

/** Batches back to letters, the naive way. */
public final class Sequences {
    private Sequences() {}

    public static List<byte[]> split(TokenBatch batch) {
        List<byte[]> sequences = new ArrayList<>();
        int at = 0;
        for (int length : batch.lengths()) {
            sequences.add(Arrays.copyOfRange(batch.tokens(), at, at + length));
            at += length;
        }
        return sequences;
    }

    /** The residues of every sequence as text, marks left out, sorted. */
    public static List<String> letters(Collection<TokenBatch> batches) {
        return batches.stream()
                .flatMap(batch -> split(batch).stream())
                .map(Sequences::letters)
                .sorted()
                .toList();
    }

    public static String letters(byte[] tokens) {
        StringBuilder text = new StringBuilder();
        for (byte token : tokens) {
            if (Vocabulary.isResidue(token)) {
                text.append(Vocabulary.letterOf(token));
            }
        }
        return text.toString();
    }
}
