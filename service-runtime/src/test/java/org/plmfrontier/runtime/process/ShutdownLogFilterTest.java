package org.plmfrontier.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShutdownLogFilterTest {
    private static final String CHANNELS = "io.smallrye.reactive.messaging.provider";

    private final ShutdownLogFilter filter = new ShutdownLogFilter();

    @Test
    void aMessageThatAChannelRejectsAtTheEndIsLeftOut() {
        RejectedExecutionException rejected = new RejectedExecutionException("WorkerPoolRegistry is being shut down");
        assertThat(filter.isLoggable(entry(CHANNELS, rejected))).isFalse();
        assertThat(filter.isLoggable(entry(CHANNELS, new IllegalStateException(rejected))))
                .isFalse();
    }

    @Test
    void everythingElseIsLogged() {
        assertThat(filter.isLoggable(entry(CHANNELS, new IllegalStateException("broken"))))
                .isTrue();
        assertThat(filter.isLoggable(entry(CHANNELS, null))).isTrue();
        assertThat(filter.isLoggable(entry("org.plmfrontier", new RejectedExecutionException("full"))))
                .isTrue();
        assertThat(filter.isLoggable(entry(null, new RejectedExecutionException("full"))))
                .isTrue();
    }

    private static LogRecord entry(@Nullable String logger, @Nullable Throwable thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, "SRMSG00201");
        entry.setLoggerName(logger);
        entry.setThrown(thrown);
        return entry;
    }
}
