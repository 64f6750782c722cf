package org.plmfrontier.contracts.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

class HeldOutMasksTest {
    @Test
    void corporaHaveMasksOfTheirOwn() {
        assertThat(HeldOutMasks.seedOf("a")).isNotEqualTo(HeldOutMasks.seedOf("b"));
        assertThat(HeldOutMasks.seedOf("ab")).isNotEqualTo(HeldOutMasks.seedOf("ba"));
    }

    /** The numbers themselves: others would change every held-out loss that was ever published. */
    @Test
    void theSeedsAreThoseOfTheFirstRelease() {
        assertThat(HeldOutMasks.seedOf("a")).isEqualTo(GOLDEN_A);
        assertThat(HeldOutMasks.seedOf("3da6e4d212bd2828")).isEqualTo(GOLDEN_DEMO);
    }

    @Test
    void corporaOfOneSetHaveOneMaskWhicheverOfThemChoseIt() {
        CorpusRef chose = new CorpusRef("x", 5, 500, 1, new ReferenceLosses(3, 2, 1));
        CorpusRef took = new CorpusRef("y", 9, 900, 1, new ReferenceLosses(3, 2, 1), new HeldOutSet(DIGEST, "x"));
        assertThat(took.evaluatedOn()).isEqualTo(chose.evaluatedOn()).isEqualTo("x");
        assertThat(HeldOutSet.of(DIGEST)).isEqualTo(new HeldOutSet(DIGEST, DIGEST));
        assertThatThrownBy(() -> HeldOutSet.of("x"))
                .hasMessage("heldOut.sha256 must be 64 hexadecimal digits, got 'x'");
        assertThatThrownBy(() -> new HeldOutSet(DIGEST, "")).hasMessage("heldOut.masks must not be empty");
    }

    @Test
    void theSharesAreThoseOfBert() {
        byte[] tokens = new byte[1002];
        Arrays.fill(tokens, (byte) 12);
        tokens[0] = Vocabulary.START;
        tokens[1001] = Vocabulary.END;
        TokenBatch record = new TokenBatch("c", 4, tokens, new int[] {1002});
        MaskedRecord masked = HeldOutMasks.of("c").mask(record, 4);
        assertThat(masked.input())
                .isEqualTo(new ResidueMasking(Masking.BERT, HeldOutMasks.seedOf("c"))
                        .mask(record, 4)
                        .input());
        assertThat(masked.selected()).hasSize(150);
        long hidden = Arrays.stream(masked.selected())
                .filter(place -> masked.input()[place] == Vocabulary.MASK)
                .count();
        long replaced = Arrays.stream(masked.selected())
                .filter(place -> masked.input()[place] != Vocabulary.MASK && masked.input()[place] != 12)
                .count();
        assertThat(hidden).isEqualTo(120);
        assertThat(replaced).isBetween(10L, 15L);
    }

    private static final String DIGEST = "0a".repeat(32);
    private static final long GOLDEN_A = -938738946006794401L;
    private static final long GOLDEN_DEMO = 4814724799420410720L;
}
