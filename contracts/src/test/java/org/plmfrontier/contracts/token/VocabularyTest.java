package org.plmfrontier.contracts.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void lettersAndIdsAreInverse() {
        for (int id = Vocabulary.FIRST_RESIDUE; id < Vocabulary.SIZE; id++) {
            assertThat(Vocabulary.idOf(Vocabulary.letterOf(id))).isEqualTo(id);
            assertThat(Vocabulary.idOf(Character.toLowerCase(Vocabulary.letterOf(id))))
                    .isEqualTo(id);
        }
    }

    @Test
    void theOrderIsTheContract() {
        assertThat(Vocabulary.idOf('A')).isEqualTo(4);
        assertThat(Vocabulary.idOf('Y')).isEqualTo(23);
        assertThat(Vocabulary.idOf('B')).isEqualTo(24);
        assertThat(Vocabulary.idOf('X')).isEqualTo(28);
    }

    @Test
    void otherBytesAreNoResidues() {
        assertThat(Vocabulary.idOf('J')).isEqualTo(-1);
        assertThat(Vocabulary.idOf('*')).isEqualTo(-1);
        assertThat(Vocabulary.idOf(0xC3)).isEqualTo(-1);
        assertThat(Vocabulary.idOf(-1)).isEqualTo(-1);
        assertThat(Vocabulary.isResidue(Vocabulary.MASK)).isFalse();
        assertThatThrownBy(() -> Vocabulary.letterOf(29)).hasMessageContaining("29");
    }
}
