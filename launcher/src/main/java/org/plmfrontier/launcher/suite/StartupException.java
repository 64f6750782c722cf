package org.plmfrontier.launcher.suite;

import org.jspecify.annotations.Nullable;

/** Something that keeps the suite from starting; the message is one sentence for the person at the terminal. */
public final class StartupException extends RuntimeException {
    public StartupException(@Nullable String message) {
        this(message, null);
    }

    public StartupException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
