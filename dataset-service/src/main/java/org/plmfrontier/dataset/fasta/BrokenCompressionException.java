package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.util.Objects;
import org.plmfrontier.dataset.finding.FindingClass;

/** A compressed stream that ends too early, does not decode, expands beyond all measure, or is followed by other bytes. */
public final class BrokenCompressionException extends IOException {
    private static final long serialVersionUID = 1;

    private final FindingClass type;
    private final boolean cuts;

    /**
     * The last record may be cut.
     *
     * @param type what the file's findings call it
     */
    public BrokenCompressionException(FindingClass type, String message) {
        this(type, message, true);
    }

    /** @param cuts whether the last record may be cut */
    public BrokenCompressionException(FindingClass type, String message, boolean cuts) {
        super(message);
        this.type = Objects.requireNonNull(type, "type");
        this.cuts = cuts;
    }

    public FindingClass type() {
        return type;
    }

    /** Whether the last record may be cut. */
    public boolean cuts() {
        return cuts;
    }
}
