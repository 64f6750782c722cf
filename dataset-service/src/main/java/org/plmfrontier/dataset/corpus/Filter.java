package org.plmfrontier.dataset.corpus;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.residue.Header;
import org.plmfrontier.dataset.residue.SetApart;

/** What a corpus asks of each protein by itself. */
final class Filter {
    private static final String FIELD = "identifierPattern";
    private static final int LONGEST_PATTERN = 1000;
    private static final int UNKNOWN = Vocabulary.idOf('X');

    private final CorpusOptions options;
    private final @Nullable Pattern identifiers;

    Filter(CorpusOptions options) {
        this.options = options;
        this.identifiers = options.identifierPattern() == null ? null : compiled(options.identifierPattern());
    }

    /**
     * A pattern of RE2, whose time is linear in the identifier: those that would need to go back, with references to groups
     * or looks around, it does not have.
     *
     * @throws RefusedException where it is none, naming the field
     */
    static Pattern compiled(String pattern) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw new RefusedException(
                    FIELD,
                    FIELD + " has " + pattern.length() + " characters, at most " + LONGEST_PATTERN + " are possible");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new RefusedException(
                    FIELD,
                    FIELD + " is no regular expression of RE2 syntax, which has no look-around and no back-references: "
                            + e.getDescription());
        }
    }

    /** Why the protein is no part of the corpus; null where it is. */
    @Nullable
    SetApart objection(Header header, byte[] residues, int length) {
        if (length < options.minLength()) {
            return SetApart.TOO_SHORT;
        }
        if (options.maxResidues() != null && length > options.maxResidues()) {
            return SetApart.ABOVE_MAX_RESIDUES;
        }
        if (options.maxUnknownShare() != null && unknown(residues, length) > options.maxUnknownShare() * length) {
            return SetApart.TOO_MANY_UNKNOWN;
        }
        if (identifiers != null && !identifiers.matcher(header.identifier()).find()) {
            return SetApart.IDENTIFIER;
        }
        return null;
    }

    private static int unknown(byte[] residues, int length) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += residues[i] == UNKNOWN ? 1 : 0;
        }
        return count;
    }
}
