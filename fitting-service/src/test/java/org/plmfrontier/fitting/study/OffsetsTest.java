package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "1:5", "0:3,1:4,12:9"})
    void whatIsWrittenIsReadAgain(String text) {
        assertThat(Offsets.parse(text)).hasToString(text);
    }

    @Test
    void onePartitionOfAZeroIsOneNumber() {
        assertThat(Offsets.parse("0:12")).isEqualTo(Offsets.parse("12")).hasToString("12");
        assertThat(Offsets.NONE).hasToString("");
    }

    @Test
    void furtherReadingNeverGoesBack() {
        assertThat(Offsets.parse("0:3,1:4").with(0, 2).with(1, 6)).hasToString("0:3,1:6");
        assertThat(Offsets.parse("7").of(3)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "a", "1:", "1:2,", "1:2;3:4", "1:2:3", "9999999999999999999"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Offsets.parse(text))
                .withMessageContaining("offsets");
    }
}
