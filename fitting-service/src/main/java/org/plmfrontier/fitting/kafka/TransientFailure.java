package org.plmfrontier.fitting.kafka;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Distinguishes a database that cannot take anything now from one that refuses what it was given. */
final class TransientFailure {
    private TransientFailure() {}

    /**
     * Why nothing can be kept now: connection, commit, disk full, restart, lock, deadlock, a missing table. Empty where the
     * data themselves are refused (SQL state classes 22, data exception, and 23, integrity), which no waiting mends. A
     * failure that says nothing of itself is taken for the former, since an event that waits is not lost.
     */
    static Optional<String> of(Throwable failure) {
        String sentence = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                if (isRefusal(sql.getSQLState())) {
                    return Optional.empty();
                }
                sentence = String.valueOf(sql.getMessage());
            }
        }
        return Optional.of(sentence);
    }

    private static boolean isRefusal(@Nullable String state) {
        return state != null && state.matches("(22|23).*");
    }
}
