package org.plmfrontier.trainer.variant;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * BLOSUM62, half bits (Henikoff and Henikoff 1992, PNAS 89:10915): how much likelier two residues stand at the same place of
 * related proteins than by chance. The baseline that knows no protein.
 */
final class Blosum62 {
    private static final int SIZE = Vocabulary.END_OF_STANDARD_RESIDUES - Vocabulary.FIRST_RESIDUE;

    /** Rows and columns in the order of the tokens, A C D ... Y. */
    private static final String TABLE = """
             4  0 -2 -1 -2  0 -2 -1 -1 -1 -1 -2 -1 -1 -1  1  0  0 -3 -2
             0  9 -3 -4 -2 -3 -3 -1 -3 -1 -1 -3 -3 -3 -3 -1 -1 -1 -2 -2
            -2 -3  6  2 -3 -1 -1 -3 -1 -4 -3  1 -1  0 -2  0 -1 -3 -4 -3
            -1 -4  2  5 -3 -2  0 -3  1 -3 -2  0 -1  2  0  0 -1 -2 -3 -2
            -2 -2 -3 -3  6 -3 -1  0 -3  0  0 -3 -4 -3 -3 -2 -2 -1  1  3
             0 -3 -1 -2 -3  6 -2 -4 -2 -4 -3  0 -2 -2 -2  0 -2 -3 -2 -3
            -2 -3 -1  0 -1 -2  8 -3 -1 -3 -2  1 -2  0  0 -1 -2 -3 -2  2
            -1 -1 -3 -3  0 -4 -3  4 -3  2  1 -3 -3 -3 -3 -2 -1  3 -3 -1
            -1 -3 -1  1 -3 -2 -1 -3  5 -2 -1  0 -1  1  2  0 -1 -2 -3 -2
            -1 -1 -4 -3  0 -4 -3  2 -2  4  2 -3 -3 -2 -2 -2 -1  1 -2 -1
            -1 -1 -3 -2  0 -3 -2  1 -1  2  5 -2 -2  0 -1 -1 -1  1 -1 -1
            -2 -3  1  0 -3  0  1 -3  0 -3 -2  6 -2  0  0  1  0 -3 -4 -2
            -1 -3 -1 -1 -4 -2 -2 -3 -1 -3 -2 -2  7 -1 -2 -1 -1 -2 -4 -3
            -1 -3  0  2 -3 -2  0 -3  1 -2  0  0 -1  5  1  0 -1 -2 -2 -1
            -1 -3 -2  0 -3 -2  0 -3  2 -2 -1  0 -2  1  5 -1 -1 -3 -3 -2
             1 -1  0  0 -2  0 -1 -2  0 -2 -1  1 -1  0 -1  4  1 -2 -3 -2
             0 -1 -1 -1 -2 -2 -2 -1 -1 -1 -1  0 -1 -1 -1  1  5  0 -2 -2
             0 -1 -3 -2 -1 -3 -3  3 -2  1  1 -3 -2 -2 -3 -2  0  4 -3 -1
            -3 -2 -4 -3  1 -2 -2 -3 -3 -2 -1 -4 -4 -2 -3 -3 -2 -3 11  2
            -2 -2 -3 -2  3 -3  2 -1 -2 -1 -1 -2 -3 -1 -2 -2 -2 -1  2  7
            """;

    private static final int[] SCORES = TABLE.strip()
            .lines()
            .flatMap(line -> java.util.Arrays.stream(line.strip().split(" +")))
            .mapToInt(Integer::parseInt)
            .toArray();

    private Blosum62() {}

    /** Sum over the substitutions of B(wild type, variant); a wild-type residue that is none of the 20 counts 0. */
    static double score(Variant variant) {
        int sum = 0;
        for (Substitution substitution : variant.substitutions()) {
            sum += Substitution.isStandard(substitution.from()) ? score(substitution.from(), substitution.to()) : 0;
        }
        return sum;
    }

    /** Of two tokens of standard residues. */
    static int score(int token, int other) {
        return SCORES[(token - Vocabulary.FIRST_RESIDUE) * SIZE + other - Vocabulary.FIRST_RESIDUE];
    }
}
