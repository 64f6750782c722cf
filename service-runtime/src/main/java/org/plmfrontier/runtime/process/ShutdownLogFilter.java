package org.plmfrontier.runtime.process;

import io.quarkus.logging.LoggingFilter;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of the log what a graceful end does to a channel: its worker pool takes no message any more, which SmallRye logs as
 * an error with its stack trace (SRMSG00201). The message was not begun, and whoever owns its partition next gets it.
 */
@LoggingFilter(name = "shutdown")
public final class ShutdownLogFilter implements Filter {
    private static final String CHANNELS = "io.smallrye.reactive.messaging";

    @Override
    public boolean isLoggable(LogRecord entry) {
        String logger = entry.getLoggerName();
        return logger == null || !logger.startsWith(CHANNELS) || !isRejected(entry.getThrown());
    }

    /** Pools of channels reject work when they are shut down, and not before. */
    private static boolean isRejected(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedExecutionException) {
                return true;
            }
        }
        return false;
    }
}
