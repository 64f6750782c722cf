package org.plmfrontier.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteAccessTest {
    /** SHA-256 of {@code test}, as published in many places. */
    private static final String DIGEST_OF_TEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final WriteAccess access = WriteAccess.bearers(List.of("alice:" + DIGEST_OF_TEST));

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readingIsFree(String method) {
        assertThat(access.refusal(method, null)).isEmpty();
        assertThat(WriteAccess.bearers(List.of()).refusal(method, null)).isEmpty();
    }

    @Test
    void theBearerOfAKnownTokenMayWrite() {
        assertThat(access.refusal("POST", "Bearer test")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer tes", "Bearer test2", "Bearer ", "Bearer " + DIGEST_OF_TEST, "Basic test", "test"})
    void nobodyElseMay(String header) {
        assertThat(access.refusal("POST", header)).isPresent();
        assertThat(access.refusal("DELETE", header)).isPresent();
    }

    @Test
    void aRequestWithoutAHeaderIsToldWhichOneItNeeds() {
        assertThat(access.refusal("PUT", null).orElseThrow()).contains("Authorization: Bearer");
    }

    @Test
    void withoutTokensNobodyMayWriteAndTheServiceIsNotReady() {
        WriteAccess none = WriteAccess.bearers(List.of());
        assertThat(none.refusal("POST", "Bearer test"))
                .isEqualTo(none.notReadyReason())
                .isPresent();
        assertThat(access.notReadyReason()).isEmpty();
    }

    @Test
    void openLetsEverybodyWriteAndSaysSo() {
        assertThat(WriteAccess.open().refusal("POST", null)).isEmpty();
        assertThat(WriteAccess.open().summary()).contains("open to everybody");
    }

    @Test
    void theSummaryNamesBearersAndNoDigest() {
        assertThat(access.summary()).contains("alice").doesNotContain(DIGEST_OF_TEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice:", "alice:test", ":" + DIGEST_OF_TEST, "a b:" + DIGEST_OF_TEST})
    void malformedEntriesAreRefusedWithoutRepeatingWhatMightBeASecret(String entry) {
        assertThatThrownBy(() -> WriteAccess.bearers(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hexadecimal digits")
                .hasMessageNotContaining(DIGEST_OF_TEST);
    }

    @Test
    void aNameStandsOnce() {
        assertThatThrownBy(() -> WriteAccess.bearers(List.of("a:" + DIGEST_OF_TEST, "a:" + DIGEST_OF_TEST)))
                .hasMessageContaining("twice");
    }
}
