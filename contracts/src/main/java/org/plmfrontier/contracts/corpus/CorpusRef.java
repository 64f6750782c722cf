package org.plmfrontier.contracts.corpus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finished corpus as the other services see it.
 *
 * @param id hash of sources and options; names the topics {@code tokens.<id>} and {@code tokens.<id>.heldout}
 * @param records training batches in the token log, indices 0 to records - 1
 * @param tokens training tokens (residues, START, END) in the token log: the unique tokens of one epoch
 * @param heldOutRecords batches of the held-out log
 * @param references losses of the trivial models on the held-out set
 * @param heldOut the held-out set where other corpora may have it too; null where it was chosen among the corpus's own proteins
 */
public record CorpusRef(
        String id,
        long records,
        long tokens,
        long heldOutRecords,
        ReferenceLosses references,
        @Nullable HeldOutSet heldOut) {
    /** A corpus with a held-out part of its own. */
    public CorpusRef(String id, long records, long tokens, long heldOutRecords, ReferenceLosses references) {
        this(id, records, tokens, heldOutRecords, references, null);
    }

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
        return new CorpusRef(id, records, tokens, heldOutRecords, other, heldOut);
    }

    /**
     * What seeds the masks of the held-out evaluation, and names the set: two corpora of which it is equal are judged on the same
     * proteins under the same masks. The corpus's id where the held-out part is its own.
     */
    public String evaluatedOn() {
        return heldOut == null ? id : heldOut.masks();
    }
}
