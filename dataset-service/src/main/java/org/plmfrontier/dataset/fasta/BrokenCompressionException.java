package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.util.Objects;
import org.plmfrontier.dataset.finding.FindingClass;

/** A compressed stream that ends too early, does not decode, or expands beyond all measure. */
public final class BrokenCompressionException extends IOException {
    private static final long serialVersionUID = 1;

    private final FindingClass type;

    /** @param type what the file's findings call it */
    public BrokenCompressionException(FindingClass type, String message) {
        super(message);
        this.type = Objects.requireNonNull(type, "type");
    }

    public FindingClass type() {
        return type;
    }
}
