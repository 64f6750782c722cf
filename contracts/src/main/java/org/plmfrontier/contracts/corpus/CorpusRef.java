package org.plmfrontier.contracts.corpus;

import java.util.Objects;

/**
 * A finished corpus as the other services see it.
 *
 * @param id hash of sources and options; names the topics {@code tokens.<id>} and {@code tokens.<id>.heldout}
 * @param records training batches in the token log, indices 0 to records - 1
 * @param tokens training tokens (residues, START, END) in the token log: the unique tokens of one epoch
 * @param heldOutRecords batches of the held-out log
 * @param references losses of the trivial models on the held-out set
 */
public record CorpusRef(String id, long records, long tokens, long heldOutRecords, ReferenceLosses references) {
    public CorpusRef {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(references, "references");
        if (records <= 0 || tokens <= 0 || heldOutRecords <= 0) {
            throw new IllegalArgumentException("corpus " + id + " is empty: records " + records + ", tokens " + tokens
                    + ", heldOutRecords " + heldOutRecords);
        }
    }

    /** The same corpus with other references: they say something of it and are no part of what it is. */
    public CorpusRef withReferences(ReferenceLosses other) {
        return new CorpusRef(id, records, tokens, heldOutRecords, other);
    }
}
