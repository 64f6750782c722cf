package org.plmfrontier.launcher.fit;

import org.jspecify.annotations.Nullable;

/** A file that cannot be fitted; the message is one sentence that says where and what. */
public final class BadInputException extends Exception {
    public BadInputException(String message) {
        this(message, null);
    }

    public BadInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
