package org.plmfrontier.contracts.token;

/**
 * The 29 tokens of Serrano et al. 2024, Appendix B. The paper gives the set, the order is ours and is part of the
 * contract: token ids are stored in the token log.
 */
public final class Vocabulary {
    public static final int SIZE = 29;
    public static final byte PAD = 0;
    public static final byte START = 1;
    public static final byte END = 2;
    public static final byte MASK = 3;
    /** First of the residue tokens; all ids from here to {@link #SIZE} are residues. */
    public static final byte FIRST_RESIDUE = 4;
    /** The 20 standard amino acids are the ids from {@link #FIRST_RESIDUE} to here, exclusive. */
    public static final byte END_OF_STANDARD_RESIDUES = 24;

    private static final String RESIDUES = "ACDEFGHIKLMNPQRSTVWYBUOZX";
    private static final byte[] IDS = ids();

    private Vocabulary() {}

    /**
     * Token id of a residue letter, upper or lower case.
     *
     * @param letter one byte of ASCII text
     * @return the id, or -1 where the letter is no residue
     */
    public static int idOf(int letter) {
        return letter >= 0 && letter < IDS.length ? IDS[letter] : -1;
    }

    /** The residue letter of a token id, or {@code '?'} for the four special tokens. */
    public static char letterOf(int id) {
        if (id < 0 || id >= SIZE) {
            throw new IllegalArgumentException("token id " + id + " is outside 0.." + (SIZE - 1));
        }
        return id < FIRST_RESIDUE ? '?' : RESIDUES.charAt(id - FIRST_RESIDUE);
    }

    public static boolean isResidue(int id) {
        return id >= FIRST_RESIDUE && id < SIZE;
    }

    private static byte[] ids() {
        byte[] ids = new byte[128];
        java.util.Arrays.fill(ids, (byte) -1);
        for (int i = 0; i < RESIDUES.length(); i++) {
            char letter = RESIDUES.charAt(i);
            ids[letter] = (byte) (FIRST_RESIDUE + i);
            ids[Character.toLowerCase(letter)] = (byte) (FIRST_RESIDUE + i);
        }
        return ids;
    }
}
