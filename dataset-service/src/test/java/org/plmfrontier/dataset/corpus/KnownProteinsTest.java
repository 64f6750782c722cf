package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.Fasta;

class KnownProteinsTest {
    private static final long SEED = 17;

    @Test
    void aWholeProteinIsKnownAgainAndNoPartOrExtensionOfIt() {
        KnownProteins known = new KnownProteins();
        Fasta.proteins(50, 30, 60, SEED).forEach(protein -> known.addWhole(residues(protein), protein.length()));
        for (String protein : Fasta.proteins(50, 30, 60, SEED)) {
            assertThat(holds(known, protein)).isTrue();
            assertThat(holds(known, protein + "A")).isFalse();
            assertThat(holds(known, protein.substring(1))).isFalse();
        }
        assertThat(Fasta.proteins(200, 30, 60, SEED + 1)).noneMatch(protein -> holds(known, protein));
    }

    /** Two letters only, so that windows come again by chance and at every place. */
    @Test
    void aWindowIsFoundWhereverANaiveSearchFindsIt() {
        SplittableRandom random = new SplittableRandom(SEED);
        KnownProteins known = new KnownProteins();
        List<String> windows = List.of(word(random, 8), word(random, 8), word(random, 11));
        windows.forEach(window -> known.addWindow(residues(window)));
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            String protein = word(random, random.nextInt(1, 60));
            boolean naive = windows.stream().anyMatch(protein::contains);
            assertThat(holds(known, protein)).as(protein).isEqualTo(naive);
            found += naive ? 1 : 0;
        }
        assertThat(found).isBetween(100, 1900);
    }

    @Test
    void whatLiesBehindTheProteinInTheArrayIsNoPartOfIt() {
        KnownProteins known = new KnownProteins();
        known.addWindow(residues("CDE"));
        byte[] line = Arrays.copyOf(residues("ACDE"), 100);
        assertThat(known.holds(line, 4)).isTrue();
        assertThat(known.holds(line, 3)).isFalse();
        assertThat(known.holds(line, 2)).isFalse();
    }

    private static boolean holds(KnownProteins known, String protein) {
        return known.holds(residues(protein), protein.length());
    }

    private static String word(SplittableRandom random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(random.nextBoolean() ? 'A' : 'C');
        }
        return word.toString();
    }

    private static byte[] residues(String protein) {
        byte[] residues = new byte[protein.length()];
        for (int i = 0; i < residues.length; i++) {
            residues[i] = (byte) Vocabulary.idOf(protein.charAt(i));
        }
        return residues;
    }
}
