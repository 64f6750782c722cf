package org.plmfrontier.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
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

    @Test
    void recordsAreMergedWithRowsOfSimilarLengthTogether() {
        List<PaddedBatch> records = records(4);
        List<PaddedBatch> parts = MicroBatches.merged(records, size -> size.rows(), 16);
        assertThat(parts.stream().map(PaddedBatch::rows)).containsExactly(16, 16, 8);
        assertThat(parts.stream().map(PaddedBatch::columns)).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(padding(parts)).isLessThan(padding(records));
    }

    @Test
    void mergingLosesNoRow() {
        List<PaddedBatch> records = records(4);
        List<PaddedBatch> parts = MicroBatches.merged(records, size -> size.tokens(), 300);
        assertThat(rows(parts)).containsExactlyInAnyOrderElementsOf(rows(records));
        assertThat(parts).allSatisfy(part -> assertThat(part.size().tokens()).isLessThanOrEqualTo(300));
    }

    @Test
    void mergedRowsWithoutASelectedPlaceAreLeftOut() {
        PaddedBatch half = new PaddedBatch(2, 2, new int[] {1, 5, 1, 6}, new float[4], new int[] {3}, new long[] {6});
        assertThat(MicroBatches.merged(List.of(half, half), size -> size.rows(), 8))
                .singleElement()
                .satisfies(part -> assertThat(part.selected()).containsExactly(1, 3));
    }

    @Test
    void aRowThatDoesNotFitIsTakenAlone() {
        assertThat(MicroBatches.merged(records(2), size -> Long.MAX_VALUE, 1)).hasSize(20);
    }

    private static List<PaddedBatch> records(int count) {
        return Studies.records("c", count, 10, 40, 3).stream()
                .map(record -> PaddedBatch.of(new ResidueMasking(Masking.BERT, 1).mask(record, 0), true))
                .toList();
    }

    private static long padding(List<PaddedBatch> batches) {
        return batches.stream()
                .flatMapToInt(part -> Arrays.stream(part.tokens()))
                .filter(token -> token == 0)
                .count();
    }

    /** Tokens, factors and targets of each row, as text. */
    private static List<String> rows(List<PaddedBatch> batches) {
        return batches.stream()
                .flatMap(part -> BatchRow.of(part).stream())
                .map(row -> {
                    PaddedBatch alone = BatchRow.together(List.of(row));
                    return Arrays.toString(alone.tokens())
                            + Arrays.toString(alone.scale())
                            + Arrays.toString(alone.selected())
                            + Arrays.toString(alone.targets());
                })
                .toList();
    }
}
