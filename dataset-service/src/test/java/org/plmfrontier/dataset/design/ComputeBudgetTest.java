package org.plmfrontier.dataset.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.refusal.RefusedException;

class ComputeBudgetTest {
    @ParameterizedTest
    @CsvSource({
        "20m, 1200, false",
        "20 minutes here, 1200, false",
        "1.5 h, 5400, false",
        "90 s, 90, false",
        "2 days, 172800, false",
        "3 device-hours, 10800, true",
        "2 GPU hours here, 7200, true"
    })
    void timeWithoutADeviceIsOfTheTrainersHere(String text, double seconds, boolean together) {
        assertThat(ComputeBudget.parse("budget", text)).isEqualTo(new ComputeBudget.Here(seconds, together));
    }

    @ParameterizedTest
    @CsvSource({
        "2 gpu-hours on H100, 7200, H100",
        "3 hours on 4 A100, 43200, A100",
        "3 hours on 4x a100, 43200, A100",
        "2 gpu-hours on 8 H100, 7200, H100",
        "1 day on RTX 4090, 86400, RTX 4090"
    })
    void timeOnADeviceIsOfAllOfThemTogether(String text, double seconds, String device) {
        ComputeBudget.OnDevice read = (ComputeBudget.OnDevice) ComputeBudget.parse("budget", text);
        assertThat(read.deviceSeconds()).isEqualTo(seconds);
        assertThat(read.device().name()).isEqualTo(device);
    }

    @Test
    void flopsAreFlops() {
        ComputeBudget.Flops read = (ComputeBudget.Flops) ComputeBudget.parse("budget", "1.2e18 FLOPs");
        assertThat(read.flops()).isCloseTo(1.2e18, within(1e6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "20", "-3 hours", "2 fortnights", "2 hours on Abacus", "1e18 FLOPs on H100", "0 h"})
    void whatReadsOtherwiseIsRefusedWithItsField(String text) {
        assertThatThrownBy(() -> ComputeBudget.parse("budget", text))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("budget"));
    }

    @ParameterizedTest
    @CsvSource({"20000000, 2e7", "2e7, 2e7", "20M, 2e7", "1.2B, 1.2e9", "650k, 6.5e5", "3T, 3e12", ".5G, 5e8"})
    void amountsMayHaveSuffixes(String text, double value) {
        assertThat(Amount.parse("x", text)).isCloseTo(value, within(1e-6 * value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "2 M", "20MB", "1,5", "0", "1e999", "NaN"})
    void whatIsNoAmountIsRefused(String text) {
        assertThatThrownBy(() -> Amount.parse("x", text)).isInstanceOf(RefusedException.class);
    }
}
