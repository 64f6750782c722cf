package org.plmfrontier.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureSentenceTest {
    @Test
    void theDatabaseIsQuotedAndNotWhatLiesUnderIt() {
        SQLException refused = new SQLException("connection to db:5432 refused", new ConnectException("refused"));
        assertThat(FailureSentence.of(new IllegalStateException("cannot write", refused)))
                .isEqualTo("connection to db:5432 refused");
    }

    @Test
    void theCauseIsToldInOneLine() {
        RuntimeException failure =
                new IllegalStateException("outside", new IllegalArgumentException("\nbad token\nat line 3"));
        assertThat(FailureSentence.of(failure)).isEqualTo("bad token");
        assertThat(FailureSentence.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void aFileThatMayNotBeTouchedIsNamedWithTheReason() {
        assertThat(FailureSentence.of(new UncheckedIOException(new AccessDeniedException("/checkpoints"))))
                .isEqualTo("/checkpoints: AccessDenied");
    }
}
