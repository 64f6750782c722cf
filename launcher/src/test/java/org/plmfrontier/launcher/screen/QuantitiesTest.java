package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "999, 999",
        "999.6, 1.00k",
        "27456, 27.5k",
        "1024416, 1.02M",
        "123456789, 123M",
        "1.7e13, 17.0T",
        "9.99e20, 999E",
        "5e21, 5.00e+21",
        "0.25, 0.25"
    })
    void writesThreeSignificantDigits(double value, String text) {
        assertThat(Quantities.si(value)).isEqualTo(text);
    }

    @Test
    void writesDurationsInMinutesAndThenHours() {
        assertThat(Quantities.duration(Duration.ofSeconds(65))).isEqualTo("1:05 min");
        assertThat(Quantities.duration(Duration.ofSeconds(7384))).isEqualTo("2 h 03 min");
    }

    @Test
    void barsAreAsWideAsAskedWhateverTheShare() {
        assertThat(Quantities.bar(0.5, 4)).isEqualTo("██░░");
        assertThat(Quantities.bar(-1, 3)).isEqualTo("░░░");
        assertThat(Quantities.bar(7, 3)).isEqualTo("███");
    }
}
