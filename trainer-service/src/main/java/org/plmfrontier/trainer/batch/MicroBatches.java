package org.plmfrontier.trainer.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Splits a batch by rows into as few about equal parts as fit. */
public final class MicroBatches {
    private MicroBatches() {}

    /**
     * The parts in order; rows without a selected place beside them are left out, they give no gradient. The split depends
     * on the arguments only. A single row is never split, whatever it needs.
     *
     * @param bytes memory that a batch needs
     * @param bound memory there is
     */
    public static List<PaddedBatch> of(PaddedBatch batch, ToLongFunction<PaddedBatch> bytes, long bound) {
        for (int parts = 1; parts < batch.rows(); parts++) {
            List<PaddedBatch> split = split(batch, Math.ceilDiv(batch.rows(), parts));
            if (split.stream().allMatch(part -> bytes.applyAsLong(part) <= bound)) {
                return split;
            }
        }
        return split(batch, 1);
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
