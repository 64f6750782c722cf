package org.plmfrontier.trainer.variant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.protein.Protein;

/**
 * Names of variants as ProteinGym writes them: {@code A24C}, or several joined by colons, {@code A24C:H35D}.
 *
 * @param wildType what they are variants of
 * @param offset what is taken off each number to get the position in the wild type, the first residue being 1
 */
record VariantNames(Protein wildType, int offset) {
    private static final Pattern ONE = Pattern.compile("([A-Za-z])(-?\\d{1,6})([A-Za-z*=?])");
    private static final Pattern INDEL = Pattern.compile("(?i).*(del|ins|dup|fs|_).*");

    /** A name that says nothing of this wild type, and why. */
    static final class BadNameException extends Exception {
        private static final long serialVersionUID = 1;

        private final String detail;

        BadNameException(String reason, String detail) {
            super(reason);
            this.detail = detail;
        }

        /** The name, with what the protein has where that matters. */
        String detail() {
            return detail;
        }
    }

    /** A letter and the number behind it, as written. */
    record Site(char letter, int number) {}

    /** The variant of a name. */
    Variant variant(String name) throws BadNameException {
        List<Substitution> substitutions = new ArrayList<>();
        Set<Integer> positions = new HashSet<>();
        for (String part : name.split(":", -1)) {
            Substitution substitution = substitution(part, name);
            if (!positions.add(substitution.position())) {
                throw new BadNameException("a position twice", name);
            }
            substitutions.add(substitution);
        }
        return new Variant(substitutions);
    }

    /** The wild-type letters that a name claims; empty where it is no name. */
    static List<Site> sites(String name) {
        List<Site> sites = new ArrayList<>();
        for (String part : name.split(":", -1)) {
            Matcher matcher = ONE.matcher(part);
            if (!matcher.matches()) {
                return List.of();
            }
            sites.add(new Site(Character.toUpperCase(matcher.group(1).charAt(0)), Integer.parseInt(matcher.group(2))));
        }
        return sites;
    }

    private Substitution substitution(String part, String name) throws BadNameException {
        Matcher matcher = ONE.matcher(part);
        if (!matcher.matches()) {
            boolean indel = INDEL.matcher(part).matches();
            throw new BadNameException(
                    indel ? "an insertion or deletion" : "no substitution of the form A24C",
                    name.isEmpty() ? "empty" : name);
        }
        int position = Integer.parseInt(matcher.group(2)) - offset;
        int from = Vocabulary.idOf(matcher.group(1).charAt(0));
        int to = Vocabulary.idOf(matcher.group(3).charAt(0));
        if (position < 1 || position > wildType.length()) {
            throw new BadNameException(
                    "a position outside the protein", name + "; " + wildType.length() + " residues" + shift());
        }
        if (from < 0 || !Substitution.isStandard(to)) {
            throw new BadNameException("a letter that is none of the 20", name);
        }
        if (wildType.tokens()[position] != from) {
            throw new BadNameException(
                    "another wild-type letter",
                    name + "; the protein has " + wildType.letter(position) + " there" + shift());
        }
        return new Substitution(position, (byte) from, (byte) to);
    }

    private String shift() {
        return offset == 0 ? "" : ", offset " + offset;
    }
}
