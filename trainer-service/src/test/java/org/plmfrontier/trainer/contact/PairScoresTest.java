package org.plmfrontier.trainer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.trainer.protein.Protein;

class PairScoresTest {
    private static final int LENGTH = 30;

    @Test
    void theBestOfARangeAreLookedAtAndTheOthersNot() {
        BitSet contacts = new BitSet();
        contacts.set(pair(0, 24));
        contacts.set(pair(1, 7));
        double[] scores = new double[LENGTH * LENGTH];
        scores[pair(0, 24)] = 2;
        scores[pair(0, 25)] = 3;
        scores[pair(0, 6)] = 9;
        PairScores pairs = new PairScores(protein(contacts, LENGTH), scores);
        assertThat(pairs.precision(Range.LONG, 15)).hasValue(0.5);
        assertThat(pairs.precision(Range.LONG, 30)).hasValue(0);
        assertThat(pairs.precision(Range.SHORT, 30)).hasValue(0);
        assertThat(pairs.precision(Range.MEDIUM, 1)).hasValue(0);
    }

    @Test
    void whereARangeHasFewerPairsAllOfThemAreLookedAt() {
        BitSet contacts = new BitSet();
        contacts.set(pair(0, 24));
        contacts.set(pair(5, 29));
        contacts.set(pair(0, 29));
        PairScores pairs = new PairScores(protein(contacts, LENGTH), new double[LENGTH * LENGTH]);
        assertThat(pairs.precision(Range.LONG, 1)).hasValue(3.0 / 21);
    }

    @Test
    void gapsInTheNumbersWidenTheSeparationAndUnknownResiduesDoNotCount() {
        BitSet known = new BitSet();
        known.set(0);
        known.set(2);
        BitSet contacts = new BitSet();
        contacts.set(2);
        contacts.set(1);
        ContactProtein gap = new ContactProtein(Protein.of("gap", "ACD"), new int[] {0, 23, 24}, known, contacts);
        PairScores pairs = new PairScores(gap, new double[9]);
        assertThat(pairs.precision(Range.LONG, 1)).hasValue(1);
        assertThat(pairs.precision(Range.MEDIUM, 1)).isEmpty();
        assertThat(pairs.precision(Range.SHORT, 1)).isEmpty();
    }

    private static int pair(int i, int j) {
        return i * LENGTH + j;
    }

    private static ContactProtein protein(BitSet contacts, int length) {
        BitSet known = new BitSet();
        known.set(0, length);
        return new ContactProtein(
                Protein.of("p", "A".repeat(length)), IntStream.range(0, length).toArray(), known, contacts);
    }
}
