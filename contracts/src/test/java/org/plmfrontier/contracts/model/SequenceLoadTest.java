package org.plmfrontier.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequenceLoadTest {
    @Test
    void flopsOfALoadAreTheSumOverItsSequences() {
        ModelShape shape = ModelShape.esm2(3, 112, 7);
        int[] lengths = {1, 17, 256, 1026};
        SequenceLoad load = SequenceLoad.NONE;
        long sum = 0;
        for (int length : lengths) {
            load = load.plusSequence(length);
            sum += FlopCount.forward(shape, length).total();
        }
        assertThat(load).isEqualTo(new SequenceLoad(4, 1300, 1 + 289 + 65536 + 1052676));
        assertThat(FlopCount.forward(shape, load).total()).isEqualTo(sum);
    }

    @Test
    void paddingCostsMoreThanTheSequencesAlone() {
        ModelShape shape = ModelShape.esm2(2, 32, 2);
        SequenceLoad real = SequenceLoad.NONE.plusSequence(10).plusSequence(20);
        SequenceLoad executed = SequenceLoad.padded(2, 20);
        assertThat(executed).isEqualTo(new SequenceLoad(2, 40, 800));
        assertThat(FlopCount.training(shape, executed)).isGreaterThan(FlopCount.training(shape, real));
    }

    @Test
    void impossibleLoadsAreRefused() {
        assertThatThrownBy(() -> new SequenceLoad(3, 2, 2)).hasMessageContaining("tokens 2");
    }
}
