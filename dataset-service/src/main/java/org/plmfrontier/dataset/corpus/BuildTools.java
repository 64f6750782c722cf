package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import org.plmfrontier.dataset.fasta.SequenceFile;
import org.plmfrontier.dataset.identity.IdentityTools;
import org.plmfrontier.dataset.source.Sources;

/**
 * What builds need of the world. Thread-safe.
 *
 * @param sources where files come from
 * @param files how they are decompressed
 * @param identity how proteins are compared
 * @param parts held-out parts of other corpora
 */
public record BuildTools(Sources sources, SequenceFile files, IdentityTools identity, HeldOutParts parts) {
    /** Where there are no other corpora. */
    public BuildTools(Sources sources, SequenceFile files, IdentityTools identity) {
        this(sources, files, identity, id -> {
            throw new IOException("there is no corpus " + id + " whose held-out part could be taken");
        });
    }

    /** The same with other corpora. */
    public BuildTools with(HeldOutParts others) {
        return new BuildTools(sources, files, identity, others);
    }
}
