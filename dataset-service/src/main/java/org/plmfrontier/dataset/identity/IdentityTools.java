package org.plmfrontier.dataset.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Finds alike proteins. Files are FASTA, identifiers are ordinals; every file of the work folder is the tool's own.
 */
public interface IdentityTools {
    /** Takes the alignments of a search. */
    interface Hits {
        /** @param identity share of equal residues in the alignment, 0 to 1 */
        void hit(long query, long target, double identity);
    }

    /**
     * Name and version, for the record.
     *
     * @throws IOException where the tool cannot be run, with what to install
     */
    String version() throws IOException;

    /** Gives the ordinal of every protein that another one stands for. */
    void cluster(Path proteins, Clustering wanted, Path work, LongConsumer members) throws IOException;

    /** Gives every significant alignment of a query with a target, of at least the bound's coverage of the query. */
    void search(Path queries, Path targets, IdentityBound bound, Path work, Hits hits) throws IOException;
}
