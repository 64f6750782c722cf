package org.plmfrontier.trainer.variant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.trainer.batch.OneMaskRows;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.Protein;

/**
 * What a masked model expects at positions of a wild type (Meier et al. 2021): the score of a variant is the sum over its
 * substitutions of {@code log p(variant's residue) - log p(wild type's)}, each position by itself in the wild type's context.
 *
 * @param logProbabilities of all 29 tokens by position, nats
 */
record Marginals(SortedMap<Integer, double[]> logProbabilities) {
    /** Tokens of one call of the model. */
    private static final int BATCH_TOKENS = 4096;

    /**
     * Asks a model.
     *
     * @param positions distinct; the first residue is 1
     * @param masked whether each position is masked when it is asked for
     * @param context most tokens of a window
     * @throws CancellationException where the thread is interrupted
     */
    static Marginals of(ProteinModel model, Protein wildType, int[] positions, boolean masked, int context) {
        Map<Window, List<Integer>> windows = new LinkedHashMap<>();
        for (int position : positions) {
            windows.computeIfAbsent(
                            Window.optimal(position, wildType.tokens().length, context), ignored -> new ArrayList<>())
                    .add(position);
        }
        Marginals marginals = new Marginals(new TreeMap<>());
        windows.forEach((window, inside) -> {
            int[] places = inside.stream()
                    .mapToInt(position -> position - window.from())
                    .sorted()
                    .toArray();
            byte[] tokens = window.of(wildType.tokens());
            int atOnce = masked ? Math.max(1, BATCH_TOKENS / tokens.length) : places.length;
            for (int from = 0; from < places.length; from += atOnce) {
                int[] part = Arrays.copyOfRange(places, from, Math.min(places.length, from + atOnce));
                marginals.ask(model, masked ? OneMaskRows.of(tokens, part) : unmasked(tokens, part), window, part);
            }
        });
        return marginals;
    }

    /** Nats; above 0 where the model prefers the variant. */
    double score(Variant variant) {
        double sum = 0;
        for (Substitution substitution : variant.substitutions()) {
            double[] row = logProbabilities.get(substitution.position());
            if (row == null) {
                throw new IllegalArgumentException("position " + substitution.position() + " was not asked for");
            }
            sum += row[substitution.to()] - row[substitution.from()];
        }
        return sum;
    }

    private void ask(ProteinModel model, MaskedRecord record, Window window, int[] places) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the measure was given up after " + logProbabilities.size() + " positions");
        }
        double[][] rows = model.logProbabilities(PaddedBatch.of(record, model.tokenDropout()));
        for (int i = 0; i < places.length; i++) {
            logProbabilities.put(window.from() + places[i], rows[i]);
        }
    }

    private static MaskedRecord unmasked(byte[] tokens, int[] places) {
        byte[] targets = new byte[places.length];
        for (int i = 0; i < places.length; i++) {
            targets[i] = tokens[places[i]];
        }
        return new MaskedRecord(tokens, places, targets, new int[] {tokens.length});
    }
}
