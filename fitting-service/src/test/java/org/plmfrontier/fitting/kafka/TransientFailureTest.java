package org.plmfrontier.fitting.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailureTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08006", "40P01", "53100", "55P03", "57P01", "57P03", "58030", "42P01"})
    void aDatabaseThatCannotTakeAnythingIsWaitedFor(String state) {
        RuntimeException failure = new IllegalStateException("cannot write", new SQLException("the reason", state));
        assertThat(TransientFailure.of(failure)).contains("the reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22008", "22021", "23502", "23514"})
    void dataThatAreRefusedAreNotWaitedFor(String state) {
        assertThat(TransientFailure.of(new IllegalStateException("cannot write", new SQLException("no", state))))
                .isEmpty();
    }

    @Test
    void aCommitThatFailsWithoutSayingWhyIsWaitedFor() {
        assertThat(TransientFailure.of(new IllegalStateException("rolled back")))
                .contains("rolled back");
    }
}
