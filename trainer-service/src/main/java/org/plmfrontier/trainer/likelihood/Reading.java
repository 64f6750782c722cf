package org.plmfrontier.trainer.likelihood;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;

/** Has a model read sequences, those of about a length together. */
final class Reading {
    /** Tokens of one call of the model, PAD included. */
    private static final int BATCH_TOKENS = 4096;

    private Reading() {}

    /** Takes what the model thinks of a selected token. */
    @FunctionalInterface
    interface Taker {
        /**
         * One token.
         *
         * @param sequence its place in the list
         * @param shown what the model saw there
         * @param nats negative log-probability of the true token
         */
        void take(int sequence, Shown shown, double nats);
    }

    /**
     * Reads all.
     *
     * @param sequences one sequence each, with a selected place at least
     * @throws CancellationException where the thread is interrupted
     */
    static void of(ProteinModel model, List<MaskedRecord> sequences, Taker taker) {
        int[] byLength = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> sequences.get(i).input().length))
                .mapToInt(Integer::intValue)
                .toArray();
        int from = 0;
        while (from < byLength.length) {
            int to = from + 1;
            while (to < byLength.length
                    && (long) (to + 1 - from) * sequences.get(byLength[to]).input().length <= BATCH_TOKENS) {
                to++;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the measure was given up after " + from + " sequences");
            }
            read(model, sequences, Arrays.copyOfRange(byLength, from, to), taker);
            from = to;
        }
    }

    private static void read(ProteinModel model, List<MaskedRecord> sequences, int[] chosen, Taker taker) {
        List<MaskedRecord> part = Arrays.stream(chosen).mapToObj(sequences::get).toList();
        PaddedBatch batch = PaddedBatch.of(joined(part), model.tokenDropout());
        double[][] rows = model.logProbabilities(batch);
        for (int i = 0; i < rows.length; i++) {
            int place = batch.selected()[i];
            int target = (int) batch.targets()[i];
            taker.take(chosen[place / batch.columns()], Shown.of(batch.tokens()[place], target), -rows[i][target]);
        }
    }

    private static MaskedRecord joined(List<MaskedRecord> records) {
        byte[] input = new byte
                [records.stream().mapToInt(record -> record.input().length).sum()];
        int[] selected = new int
                [records.stream().mapToInt(record -> record.selected().length).sum()];
        byte[] targets = new byte[selected.length];
        int[] lengths = new int[records.size()];
        int start = 0;
        int next = 0;
        for (int row = 0; row < lengths.length; row++) {
            MaskedRecord record = records.get(row);
            lengths[row] = record.input().length;
            System.arraycopy(record.input(), 0, input, start, lengths[row]);
            for (int i = 0; i < record.selected().length; i++) {
                selected[next] = start + record.selected()[i];
                targets[next++] = record.targets()[i];
            }
            start += lengths[row];
        }
        return new MaskedRecord(input, selected, targets, lengths);
    }
}
