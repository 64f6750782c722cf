package org.plmfrontier.trainer.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Splits and merges batches by rows into parts that fit. */
public final class MicroBatches {
    private MicroBatches() {}

    /**
     * The parts in order, about equal, as few as fit; rows without a selected place beside them are left out, they give no
     * gradient. The split depends on the arguments only. A single row is never split, whatever it needs.
     *
     * @param bytes memory that a batch needs
     * @param bound memory there is
     */
    public static List<PaddedBatch> of(PaddedBatch batch, ToLongFunction<BatchSize> bytes, long bound) {
        for (int parts = 1; parts < batch.rows(); parts++) {
            List<PaddedBatch> split = split(batch, Math.ceilDiv(batch.rows(), parts));
            if (split.stream().allMatch(part -> bytes.applyAsLong(part.size()) <= bound)) {
                return split;
            }
        }
        return split(batch, 1);
    }

    /**
     * The rows of all batches with rows of similar length together, the longest first, each part as large as fits; rows without a
     * selected place are left out. A single row is never split, whatever it needs.
     *
     * @param bytes memory that a batch needs
     * @param bound memory there is
     * @return at least one part where a place is selected
     */
    public static List<PaddedBatch> merged(List<PaddedBatch> batches, ToLongFunction<BatchSize> bytes, long bound) {
        List<BatchRow> rows = batches.stream()
                .flatMap(batch -> BatchRow.of(batch).stream())
                .filter(row -> row.selected() > 0)
                .sorted(Comparator.comparingInt(BatchRow::length).reversed())
                .toList();
        List<PaddedBatch> parts = new ArrayList<>();
        int from = 0;
        long tokens = 0;
        int selected = 0;
        for (int next = 0; next < rows.size(); next++) {
            tokens += rows.get(next).length();
            selected += rows.get(next).selected();
            BatchSize grown = new BatchSize(next + 1 - from, rows.get(from).length(), tokens, selected);
            if (next > from && bytes.applyAsLong(grown) > bound) {
                parts.add(BatchRow.together(rows.subList(from, next)));
                from = next;
                tokens = rows.get(next).length();
                selected = rows.get(next).selected();
            }
        }
        if (from < rows.size()) {
            parts.add(BatchRow.together(rows.subList(from, rows.size())));
        }
        return parts;
    }

    private static List<PaddedBatch> split(PaddedBatch batch, int rowsPerPart) {
        if (rowsPerPart >= batch.rows()) {
            return List.of(batch);
        }
        List<PaddedBatch> parts = new ArrayList<>();
        for (int from = 0; from < batch.rows(); from += rowsPerPart) {
            batch.rows(from, Math.min(batch.rows(), from + rowsPerPart)).ifPresent(parts::add);
        }
        return parts;
    }
}
