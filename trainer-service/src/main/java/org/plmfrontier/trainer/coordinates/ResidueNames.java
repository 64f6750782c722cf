package org.plmfrontier.trainer.coordinates;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One-letter codes of the residue names of the Protein Data Bank. */
final class ResidueNames {
    private static final String STANDARD =
            "ALA A ARG R ASN N ASP D CYS C GLN Q GLU E GLY G HIS H ILE I LEU L LYS K MET M PHE F"
                    + " PRO P SER S THR T TRP W TYR Y VAL V SEC U PYL O ASX B GLX Z UNK X";
    /** Modified residues by what they were, the frequent ones of the Chemical Component Dictionary. */
    private static final String MODIFIED =
            "MSE M SEP S TPO T PTR Y CSO C CSD C CSX C CME C OCS C CAS C SMC C KCX K MLY K M3L K LLP K"
                    + " ALY K HYP P PCA E MHO M FME M HIC H NEP H TYS Y SAR G";

    private static final Map<String, Character> LETTERS = letters(STANDARD + " " + MODIFIED);

    private ResidueNames() {}

    /** The letter; empty for what is no amino acid or an unknown one. */
    static Optional<Character> letter(String name) {
        return Optional.ofNullable(LETTERS.get(name.toUpperCase(Locale.ROOT)));
    }

    private static Map<String, Character> letters(String table) {
        Map<String, Character> letters = new HashMap<>();
        String[] words = table.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            letters.put(words[i], words[i + 1].charAt(0));
        }
        return letters;
    }
}
