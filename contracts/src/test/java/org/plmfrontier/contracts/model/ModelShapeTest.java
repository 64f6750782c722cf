package org.plmfrontier.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelShapeTest {
    @Test
    void refusesAWidthThatTheHeadsDoNotDivide() {
        assertThatThrownBy(() -> ModelShape.esm2(2, 100, 3))
                .hasMessageContaining("dModel 100")
                .hasMessageContaining("heads 3");
    }

    @Test
    void refusesAnOddKeySize() {
        assertThatThrownBy(() -> ModelShape.esm2(2, 15, 3)).hasMessageContaining("key size 5");
    }

    @Test
    void refusesZeroLayersByName() {
        assertThatThrownBy(() -> ModelShape.esm2(0, 32, 2)).hasMessageContaining("layers");
    }

    @Test
    void knowsItsKeySize() {
        assertThat(ModelShape.esm2(4, 320, 20).keySize()).isEqualTo(16);
    }
}
