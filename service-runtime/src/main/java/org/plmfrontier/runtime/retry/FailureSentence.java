package org.plmfrontier.runtime.retry;

import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One line about a failure, for people who operate a service. */
public final class FailureSentence {
    private FailureSentence() {}

    /** What the database says of itself where it says something, else the message nearest to the cause. */
    public static String of(Throwable failure) {
        String sentence = null;
        for (Throwable one = failure; one != null; one = one.getCause()) {
            String line = line(one);
            if (line != null) {
                sentence = line;
                if (one instanceof SQLException) {
                    return sentence;
                }
            }
        }
        return sentence == null ? root(failure).getClass().getSimpleName() : sentence;
    }

    /** The last cause. */
    public static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static @Nullable String line(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return null;
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return message + ": " + failure.getClass().getSimpleName().replace("Exception", "");
        }
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
