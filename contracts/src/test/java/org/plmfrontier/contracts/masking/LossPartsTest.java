package org.plmfrontier.contracts.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.token.Vocabulary;

class LossPartsTest {
    @Test
    void partsAreMeansAndTheirWeightedMeanIsTheWhole() {
        LossParts parts = LossParts.of(new double[] {29, 7, 1.5}, new long[] {10, 2, 3});
        assertThat(parts.mask()).isEqualTo(new LossPart(2.9, 10));
        assertThat(parts.random()).isEqualTo(new LossPart(3.5, 2));
        assertThat(parts.unchanged()).isEqualTo(new LossPart(0.5, 3));
        assertThat(parts.residues()).isEqualTo(15);
        assertThat(parts.lossNats()).isCloseTo(37.5 / 15, within(1e-15));
    }

    @Test
    void aPartWithoutResiduesIsAbsentAndNotZero() {
        LossParts parts = LossParts.of(new double[] {29, 0, 0}, new long[] {10, 0, 0});
        assertThat(parts.random()).isNull();
        assertThat(parts.unchanged()).isNull();
        assertThat(parts.lossNats()).isEqualTo(2.9);
    }

    @Test
    void whatIsNoLossIsRefused() {
        assertThatThrownBy(() -> new LossPart(Double.NaN, 3)).hasMessageContaining("lossNats");
        assertThatThrownBy(() -> new LossPart(-0.1, 3)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new LossPart(2.9, 0)).hasMessageContaining("residues");
        assertThatThrownBy(() -> LossParts.of(new double[3], new long[3])).hasMessageContaining("without any part");
    }

    @Test
    void aResidueThatWasDrawnByChanceLooksUnchanged() {
        assertThat(Shown.of(Vocabulary.MASK, 7)).isEqualTo(Shown.MASK);
        assertThat(Shown.of(9, 7)).isEqualTo(Shown.RANDOM);
        assertThat(Shown.of(7, 7)).isEqualTo(Shown.UNCHANGED);
    }
}
