package org.plmfrontier.contracts.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

class ResidueMaskingTest {
    private static final long SEED = 20260101;

    @Test
    void onlyResiduesAreSelectedAndTheRestStays() {
        for (TokenBatch record : records(50, 6, 30)) {
            MaskedRecord masked = new ResidueMasking(Masking.BERT, SEED).mask(record, record.index());
            boolean[] selected = new boolean[record.tokens().length];
            for (int i = 0; i < masked.selected().length; i++) {
                int place = masked.selected()[i];
                selected[place] = true;
                assertThat(Vocabulary.isResidue(record.tokens()[place])).isTrue();
                assertThat(masked.targets()[i]).isEqualTo(record.tokens()[place]);
            }
            for (int i = 0; i < selected.length; i++) {
                if (!selected[i]) {
                    assertThat(masked.input()[i]).isEqualTo(record.tokens()[i]);
                } else {
                    assertThat(masked.input()[i] == Vocabulary.MASK
                                    || masked.input()[i] >= Vocabulary.FIRST_RESIDUE
                                            && masked.input()[i] < Vocabulary.END_OF_STANDARD_RESIDUES)
                            .isTrue();
                }
            }
            assertThat(masked.selected()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void countsAreRoundedPerSequence() {
        int residues = 200;
        byte[] tokens = new byte[residues + 2];
        Arrays.fill(tokens, (byte) 7);
        tokens[0] = Vocabulary.START;
        tokens[residues + 1] = Vocabulary.END;
        TokenBatch record = new TokenBatch("c", 0, tokens, new int[] {tokens.length});
        MaskedRecord masked = new ResidueMasking(Masking.BERT, SEED).mask(record, 0);
        assertThat(masked.selected()).hasSize(30);
        int masks = 0;
        for (byte token : masked.input()) {
            masks += token == Vocabulary.MASK ? 1 : 0;
        }
        assertThat(masks).isEqualTo(24);
    }

    @Test
    void aSequenceOfOneResidueHasItSelected() {
        TokenBatch record = new TokenBatch("c", 0, new byte[] {1, 5, 2, 1, 2}, new int[] {3, 2});
        assertThat(new ResidueMasking(Masking.BERT, SEED).mask(record, 0).selected())
                .containsExactly(1);
    }

    @Test
    void everyResidueIsSelectedEquallyOften() {
        TokenBatch record = records(1, 1, 60).get(0);
        ResidueMasking masking = new ResidueMasking(Masking.BERT, SEED);
        int[] counts = new int[record.tokens().length];
        int draws = 20_000;
        long chosen = 0;
        for (int position = 0; position < draws; position++) {
            for (int place : masking.mask(record, position).selected()) {
                counts[place]++;
                chosen++;
            }
        }
        double expected = chosen / (double) record.residues();
        double sigma = Math.sqrt(draws * 0.15 * 0.85);
        for (int place = 1; place < counts.length - 1; place++) {
            assertThat((double) counts[place]).isBetween(expected - 5 * sigma, expected + 5 * sigma);
        }
        assertThat(counts[0]).isZero();
    }

    @Test
    void masksDependOnSeedAndPositionAndNothingElse() {
        TokenBatch record = records(1, 4, 40).get(0);
        int[] masks = new ResidueMasking(Masking.BERT, SEED).mask(record, 3).selected();
        assertThat(new ResidueMasking(Masking.BERT, SEED).mask(record, 3).selected())
                .isEqualTo(masks);
        assertThat(new ResidueMasking(Masking.BERT, SEED).mask(record, 4).selected())
                .isNotEqualTo(masks);
        assertThat(new ResidueMasking(Masking.BERT, SEED + 1).mask(record, 3).selected())
                .isNotEqualTo(masks);
    }

    /** The numbers themselves: a change of them changes every curve ever trained. */
    @Test
    void theMasksAreThoseOfTheFirstRelease() {
        byte[] tokens = new byte[42];
        Arrays.fill(tokens, (byte) 4);
        tokens[0] = Vocabulary.START;
        tokens[41] = Vocabulary.END;
        TokenBatch record = new TokenBatch("c", 0, tokens, new int[] {42});
        MaskedRecord masked = new ResidueMasking(Masking.BERT, 1).mask(record, 0);
        assertThat(masked.selected()).containsExactly(GOLDEN);
        assertThat(Arrays.hashCode(masked.input())).isEqualTo(GOLDEN_HASH);
    }

    private static final int[] GOLDEN = {17, 19, 28, 33, 35, 39};
    private static final int GOLDEN_HASH = -2146751665;

    /** Records of random standard residues between START and END. */
    private static List<TokenBatch> records(int records, int sequences, int length) {
        List<TokenBatch> batches = new ArrayList<>();
        for (int index = 0; index < records; index++) {
            SplitMix64 random = SplitMix64.at(SEED, index);
            byte[] tokens = new byte[sequences * length];
            int[] lengths = new int[sequences];
            Arrays.fill(lengths, length);
            for (int i = 0; i < tokens.length; i++) {
                boolean start = i % length == 0;
                boolean end = i % length == length - 1;
                tokens[i] = start
                        ? Vocabulary.START
                        : end ? Vocabulary.END : (byte) (Vocabulary.FIRST_RESIDUE + random.nextInt(20));
            }
            batches.add(new TokenBatch("c", index, tokens, lengths));
        }
        return batches;
    }
}
