package org.plmfrontier.dataset.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.token.Vocabulary;

class LengthWindowTest {
    @Test
    void aProteinThatFitsIsWholeBetweenItsMarks() {
        assertThat(new LengthWindow(6, 1).tokens(0, residues(4), 4)).containsExactly(1, 4, 5, 6, 7, 2);
        assertThat(new LengthWindow(100, 1).tokens(0, residues(1), 1)).containsExactly(1, 4, 2);
    }

    @Test
    void aLongerProteinGivesAWindowOfTheWholeStringAndEveryPlaceIsEquallyLikely() {
        byte[] residues = residues(10);
        byte[] whole = new LengthWindow(12, 1).tokens(0, residues, 10);
        int[] starts = new int[6];
        LengthWindow window = new LengthWindow(7, 42);
        for (int ordinal = 0; ordinal < 6000; ordinal++) {
            byte[] tokens = window.tokens(ordinal, residues, 10);
            int start = start(whole, tokens);
            assertThat(tokens).isEqualTo(Arrays.copyOfRange(whole, start, start + 7));
            starts[start]++;
        }
        assertThat(Arrays.stream(starts).boxed().toList()).allMatch(count -> Math.abs(count - 1000) < 150);
    }

    @Test
    void theSameOrdinalHasTheSameWindow() {
        byte[] residues = residues(20);
        LengthWindow window = new LengthWindow(5, 7);
        assertThat(window.tokens(3, residues, 20)).isEqualTo(window.tokens(3, residues, 20));
        assertThatThrownBy(() -> new LengthWindow(2, 1)).hasMessageContaining("maxLength");
    }

    private static int start(byte[] whole, byte[] tokens) {
        return tokens[0] == Vocabulary.START ? 0 : Arrays.binarySearch(whole, 1, whole.length - 1, tokens[0]);
    }

    private static byte[] residues(int count) {
        byte[] residues = new byte[count];
        for (int i = 0; i < count; i++) {
            residues[i] = (byte) (Vocabulary.FIRST_RESIDUE + i);
        }
        return residues;
    }
}
