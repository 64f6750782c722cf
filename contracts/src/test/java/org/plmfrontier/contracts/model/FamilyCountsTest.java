package org.plmfrontier.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Counts of the causal and LSTM families, against sums made by hand and the sizes that their papers state. */
class FamilyCountsTest {
    @Test
    void aCausalTwinHasTheCountsOfItsEncoder() {
        ModelShape encoder = Table4.byName().get("35M");
        ModelShape decoder = NamedShapes.byName().get("causal-35M");
        assertThat(ParameterCount.of(decoder)).isEqualTo(ParameterCount.of(encoder));
        assertThat(FlopCount.forward(decoder, 512)).isEqualTo(FlopCount.forward(encoder, 512));
    }

    @Test
    void ritaHasTheParametersThatItsPaperStates() {
        assertMillions("RITA-S", 85);
        assertMillions("RITA-M", 300);
        assertMillions("RITA-L", 680);
        assertMillions("RITA-XL", 1200);
    }

    @Test
    void theLstmBaselinesHaveTheParametersThatRivesEtAlState() {
        assertThat(exact("LSTM-S")).isBetween(28_350_000L, 28_450_000L);
        assertThat(exact("LSTM-L")).isBetween(113_350_000L, 113_460_000L);
        double smallest = ParameterCount.of(Table4.byName().get("5M")).table6();
        double twin = ParameterCount.of(NamedShapes.byName().get("LSTM-5M")).table6();
        assertThat(twin / smallest).isBetween(0.999, 1.001);
    }

    @Test
    void lstmParametersAreThoseOfItsTensors() {
        long stack = 128 * 24 + 128 * 32 + 2 * 128 + 2 * (128 * 32 + 128 * 32 + 2 * 128);
        ParameterCount count = ParameterCount.of(ModelShape.lstm(3, 24, 32));
        assertThat(count.exact()).isEqualTo(29 * 24 + 2 * stack + 29 * 64 + 29);
        assertThat(count.table6()).isEqualTo(count.exact() - 2 * 3 * 2 * 128 - 29);
        assertThat(count.nonEmbedding()).isEqualTo(count.table6() - 29 * 24 - 29 * 64);
    }

    @Test
    void lstmFlopsAreTwoPerMatrixWeightAndToken() {
        ModelShape shape = ModelShape.lstm(3, 24, 32);
        FlopCount count = FlopCount.forward(shape, 100);
        assertThat(count.total()).isEqualTo(100 * 2 * ParameterCount.of(shape).table6());
        assertThat(count.layers().recurrence()).isEqualTo(100 * 2 * 2 * 3 * 128 * 32);
        assertThat(count.layers().attention()
                        + count.layers().softmax()
                        + count.layers().feedForward())
                .isZero();
        assertThat(FlopCount.training(shape, SequenceLoad.padded(1, 100))).isEqualTo(3 * count.total());
    }

    @Test
    void anLstmHasNoHeadsAndMayBeOddlyWide() {
        assertThat(ModelShape.lstm(3, 323, 323).heads()).isEqualTo(1);
        assertThatThrownBy(() -> new ModelShape(Family.LSTM, 3, 24, 32, 4)).hasMessageContaining("heads");
    }

    private static long exact(String name) {
        return ParameterCount.of(NamedShapes.byName().get(name)).exact();
    }

    private static void assertMillions(String name, double millions) {
        double parameters = ParameterCount.of(NamedShapes.byName().get(name)).table6();
        assertThat(parameters / 1e6).isBetween(0.98 * millions, 1.03 * millions);
    }
}
