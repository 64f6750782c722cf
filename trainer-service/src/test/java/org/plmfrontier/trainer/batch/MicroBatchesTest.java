package org.plmfrontier.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.trainer.slice.Studies;

class MicroBatchesTest {
    private final PaddedBatch batch = PaddedBatch.of(
            new ResidueMasking(Masking.BERT, 1)
                    .mask(Studies.records("c", 1, 10, 40, 3).get(0), 0),
            true);

    @Test
    void aBatchThatFitsStaysWhole() {
        assertThat(MicroBatches.of(batch, part -> part.rows(), 10)).containsExactly(batch);
    }

    @Test
    void partsAreAsFewAsFitAndAboutEqual() {
        List<PaddedBatch> parts = MicroBatches.of(batch, part -> part.rows(), 4);
        assertThat(parts.stream().map(PaddedBatch::rows)).containsExactly(4, 4, 2);
        assertThat(parts).allSatisfy(part -> assertThat(part.columns()).isLessThanOrEqualTo(batch.columns()));
    }

    @Test
    void noSelectedPlaceIsLostOrMoved() {
        List<PaddedBatch> parts = MicroBatches.of(batch, part -> part.rows(), 3);
        assertThat(parts.stream().flatMapToLong(part -> LongStream.of(part.targets())))
                .containsExactly(LongStream.of(batch.targets()).boxed().toArray(Long[]::new));
        PaddedBatch first = parts.get(0);
        for (int i = 0; i < first.selected().length; i++) {
            int row = first.selected()[i] / first.columns();
            int column = first.selected()[i] % first.columns();
            assertThat(batch.selected()[i]).isEqualTo(row * batch.columns() + column);
            assertThat(first.tokens()[first.selected()[i]]).isEqualTo(batch.tokens()[batch.selected()[i]]);
        }
    }

    @Test
    void aSingleRowIsTakenWhateverItNeeds() {
        assertThat(MicroBatches.of(batch, part -> Long.MAX_VALUE, 1)).hasSize(10);
    }

    @Test
    void rowsWithoutASelectedPlaceAreLeftOut() {
        PaddedBatch half = new PaddedBatch(2, 2, new int[] {1, 5, 1, 6}, new float[4], new int[] {3}, new long[] {6});
        assertThat(MicroBatches.of(half, part -> part.rows(), 1))
                .singleElement()
                .satisfies(part -> assertThat(part.selected()).containsExactly(1));
    }
}
