package org.plmfrontier.trainer.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.topic.TokenBatch;

class NextTokenTest {
    @Test
    void everyTokenButASequencesLastPredictsTheOneBehindItAndNothingIsHidden() {
        TokenBatch record = new TokenBatch("c", 0, new byte[] {1, 5, 6, 2, 1, 7, 8}, new int[] {4, 3});
        MaskedRecord masked = new NextToken().mask(record, 3);
        assertThat(masked.input()).containsExactly(1, 5, 6, 2, 1, 7, 8);
        assertThat(masked.selected()).containsExactly(0, 1, 2, 4, 5);
        assertThat(masked.targets()).containsExactly(5, 6, 2, 7, 8);
    }

    @Test
    void aSequenceOfOneTokenPredictsNothing() {
        TokenBatch record = new TokenBatch("c", 0, new byte[] {1, 1, 5}, new int[] {1, 2});
        assertThat(new NextToken().mask(record, 0).selected()).containsExactly(1);
    }

    @Test
    void theFamilyDecidesTheObjective() {
        assertThat(Objective.of(Family.CAUSAL, Masking.BERT, 1)).isInstanceOf(NextToken.class);
        TokenBatch record = new TokenBatch("c", 0, new byte[] {1, 5, 6, 7, 8, 9, 10, 2}, new int[] {8});
        MaskedRecord masked = new ResidueMasking(Masking.BERT, 1).mask(record, 3);
        for (Family family : List.of(Family.ESM2, Family.LSTM)) {
            MaskedRecord seen = Objective.of(family, Masking.BERT, 1).mask(record, 3);
            assertThat(seen.input()).isEqualTo(masked.input());
            assertThat(seen.selected()).isEqualTo(masked.selected());
        }
    }
}
