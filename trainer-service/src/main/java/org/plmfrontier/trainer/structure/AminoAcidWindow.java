package org.plmfrontier.trainer.structure;

import java.util.List;
import java.util.function.BiConsumer;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * What a residue's neighbourhood says without a model: for each of the residues up to 7 before and behind it, which of the 20
 * amino acids it is, or another one, or none because the protein ends, as zeros and ones.
 */
record AminoAcidWindow() implements ResidueFeatures {
    private static final int REACH = 7;
    private static final int AMINO_ACIDS = Vocabulary.END_OF_STANDARD_RESIDUES - Vocabulary.FIRST_RESIDUE;
    private static final int COLUMNS = AMINO_ACIDS + 2;
    static final int SIZE = (2 * REACH + 1) * COLUMNS;

    @Override
    public void of(List<LabelledProtein> proteins, BiConsumer<Integer, float[][][]> target) {
        for (int number = 0; number < proteins.size(); number++) {
            LabelledProtein protein = proteins.get(number);
            float[][] rows = new float[protein.counted().length][SIZE];
            int row = 0;
            for (int i = 0; i < protein.states().length; i++) {
                if (protein.states()[i] != LabelledProtein.NOT_COUNTED) {
                    fill(protein.protein().tokens(), i + 1, rows[row++]);
                }
            }
            target.accept(number, new float[][][] {rows});
        }
    }

    private static void fill(byte[] tokens, int place, float[] row) {
        for (int offset = -REACH; offset <= REACH; offset++) {
            int other = place + offset;
            boolean inside = other >= 0 && other < tokens.length && Vocabulary.isResidue(tokens[other]);
            int column = AMINO_ACIDS + 1;
            if (inside) {
                column = Math.min(AMINO_ACIDS, tokens[other] - Vocabulary.FIRST_RESIDUE);
            }
            row[(offset + REACH) * COLUMNS + column] = 1;
        }
    }
}
