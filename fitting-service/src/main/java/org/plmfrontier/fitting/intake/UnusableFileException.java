package org.plmfrontier.fitting.intake;

import java.util.Optional;
import org.plmfrontier.fitting.table.Finding;

/** A file without a single usable row; the message is one sentence for people. */
public final class UnusableFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Finding> first;

    /**
     * With the first finding, if there is one.
     */
    public UnusableFileException(Optional<Finding> first) {
        super("the file holds no usable row"
                + first.map(f -> ": " + f.sentence()).orElse(""));
        this.first = first;
    }

    /** The first row that could not be used. */
    public Optional<Finding> first() {
        return first;
    }
}
