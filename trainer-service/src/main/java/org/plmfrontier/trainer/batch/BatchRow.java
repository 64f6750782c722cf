package org.plmfrontier.trainer.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of a batch.
 *
 * @param row its number there
 * @param length tokens without those that only pad
 * @param firstSelected index of its first selected place among the batch's
 * @param selected how many places of it are selected
 */
record BatchRow(PaddedBatch batch, int row, int length, int firstSelected, int selected) {
    /** All rows in order. */
    static List<BatchRow> of(PaddedBatch batch) {
        List<BatchRow> rows = new ArrayList<>(batch.rows());
        int[] lengths = batch.lengths();
        int next = 0;
        for (int row = 0; row < batch.rows(); row++) {
            int first = next;
            while (next < batch.selected().length && batch.selected()[next] < (row + 1) * batch.columns()) {
                next++;
            }
            rows.add(new BatchRow(batch, row, lengths[row], first, next - first));
        }
        return rows;
    }

    /** Rows, which may be of several batches, as one batch. */
    static PaddedBatch together(List<BatchRow> rows) {
        int columns = rows.stream().mapToInt(BatchRow::length).max().orElseThrow();
        int places = rows.stream().mapToInt(BatchRow::selected).sum();
        int[] tokens = new int[rows.size() * columns];
        float[] scale = new float[tokens.length];
        int[] selected = new int[places];
        long[] targets = new long[places];
        int next = 0;
        for (int i = 0; i < rows.size(); i++) {
            BatchRow row = rows.get(i);
            int from = row.row * row.batch.columns();
            System.arraycopy(row.batch.tokens(), from, tokens, i * columns, row.length);
            System.arraycopy(row.batch.scale(), from, scale, i * columns, row.length);
            for (int k = row.firstSelected; k < row.firstSelected + row.selected; k++) {
                selected[next] = row.batch.selected()[k] - from + i * columns;
                targets[next] = row.batch.targets()[k];
                next++;
            }
        }
        return new PaddedBatch(rows.size(), columns, tokens, scale, selected, targets);
    }
}
