package org.plmfrontier.fitting.kafka;

import java.sql.SQLException;
import java.util.Optional;

/** Tells a database that is away from one that refuses what it was given. */
final class Absence {
    private Absence() {}

    /**
     * The message of a failure that passes by itself: connection, resources, disk full, restart, lock, deadlock (SQL state
     * classes 08, 40, 53, 55, 57, 58), or no connection to be had.
     */
    static Optional<String> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isPassing(sql.getSQLState())) {
                return Optional.of(String.valueOf(sql.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static boolean isPassing(String state) {
        return state == null || state.matches("(08|40|53|55|57|58).*");
    }
}
