package org.plmfrontier.dataset.corpus;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.residue.Header;
import org.plmfrontier.dataset.residue.SetApart;

/** What a corpus asks of each protein by itself. */
final class Filter {
    private static final int UNKNOWN = Vocabulary.idOf('X');

    private final CorpusOptions options;
    private final @Nullable Pattern identifiers;

    Filter(CorpusOptions options) {
        this.options = options;
        this.identifiers = options.identifierPattern() == null ? null : Pattern.compile(options.identifierPattern());
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
