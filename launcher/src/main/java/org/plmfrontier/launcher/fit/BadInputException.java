package org.plmfrontier.launcher.fit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.Finding;

/** A file that cannot be fitted; the message is one sentence that says where and what. */
public final class BadInputException extends Exception {
    private final transient @Nullable Finding finding;

    public BadInputException(String message) {
        this(message, null, null);
    }

    public BadInputException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** With the first cell or row that could not be used. */
    public BadInputException(String message, @Nullable Throwable cause, @Nullable Finding finding) {
        super(message, cause);
        this.finding = finding;
    }

    /** The first cell or row that could not be used, where it is about one. */
    public Optional<Finding> finding() {
        return Optional.ofNullable(finding);
    }
}
