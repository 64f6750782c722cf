package org.plmfrontier.launcher.fit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that cannot be fitted; the message is one sentence that says where and what. */
public final class BadInputException extends Exception {
    private final transient @Nullable Place place;

    /**
     * A place in a file.
     *
     * @param row line of the file, the first is 1
     * @param column header or label; empty where it is about no single one
     */
    public record Place(int row, String column) {}

    public BadInputException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** With the place that is to blame. */
    public BadInputException(String message, @Nullable Throwable cause, @Nullable Place place) {
        super(message, cause);
        this.place = place;
    }

    /** The place that is to blame, where it is about one. */
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }
}
