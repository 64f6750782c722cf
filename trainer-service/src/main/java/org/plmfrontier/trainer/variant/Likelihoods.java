package org.plmfrontier.trainer.variant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.masking.NextToken;
import org.plmfrontier.trainer.protein.Protein;

/**
 * Log-likelihoods of whole sequences by a causal model, from START to END, left to right: the sum over the residues and END of
 * {@code log p(token | tokens before it)}. The score of a variant is its log-likelihood less the wild type's in the same window.
 */
final class Likelihoods {
    /** Tokens of one call of the model. */
    private static final int BATCH_TOKENS = 4096;

    private final ProteinModel model;
    private final Protein wildType;
    private final int context;
    private final Map<Window, Double> ofWildType = new HashMap<>();

    /** @param context most tokens of a window */
    Likelihoods(ProteinModel model, Protein wildType, int context) {
        this.model = model;
        this.wildType = wildType;
        this.context = context;
    }

    /**
     * Scores variants.
     *
     * @return nats, above 0 where the model prefers the variant; NaN for one whose substitutions lie further apart than the context
     * @throws CancellationException where the thread is interrupted
     */
    double[] scores(List<Variant> variants) {
        double[] scores = new double[variants.size()];
        Arrays.fill(scores, Double.NaN);
        Map<Window, List<Integer>> windows = new LinkedHashMap<>();
        for (int i = 0; i < scores.length; i++) {
            Variant variant = variants.get(i);
            Window window = Window.optimal((variant.first() + variant.last()) / 2, wildType.tokens().length, context);
            if (window.contains(variant.first()) && window.contains(variant.last())) {
                windows.computeIfAbsent(window, ignored -> new ArrayList<>()).add(i);
            }
        }
        windows.forEach((window, inside) -> {
            int atOnce = Math.max(1, BATCH_TOKENS / (window.to() - window.from()));
            for (int from = 0; from < inside.size(); from += atOnce) {
                List<Integer> part = inside.subList(from, Math.min(inside.size(), from + atOnce));
                double[] sums = of(part.stream()
                        .map(i -> window.of(variants.get(i).tokens(wildType)))
                        .toList());
                for (int i = 0; i < sums.length; i++) {
                    scores[part.get(i)] = sums[i] - ofWildType(window);
                }
            }
        });
        return scores;
    }

    private double ofWildType(Window window) {
        return ofWildType.computeIfAbsent(window, part -> of(List.of(part.of(wildType.tokens())))[0]);
    }

    /** Log-likelihoods of sequences of one length, nats; what the first token is, is not counted. */
    double[] of(List<byte[]> sequences) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the measure was given up");
        }
        int length = sequences.getFirst().length;
        byte[] tokens = new byte[sequences.size() * length];
        int[] lengths = new int[sequences.size()];
        Arrays.fill(lengths, length);
        for (int i = 0; i < lengths.length; i++) {
            System.arraycopy(sequences.get(i), 0, tokens, i * length, length);
        }
        TokenBatch record = new TokenBatch(wildType.name(), 0, tokens, lengths);
        PaddedBatch batch = PaddedBatch.of(new NextToken().mask(record, 0), model.tokenDropout());
        double[][] rows = model.logProbabilities(batch);
        double[] sums = new double[lengths.length];
        for (int i = 0; i < rows.length; i++) {
            sums[batch.selected()[i] / batch.columns()] += rows[i][(int) batch.targets()[i]];
        }
        return sums;
    }
}
