package org.plmfrontier.trainer.likelihood;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.OneMaskRows;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;

/** Each residue of a sequence masked in its turn (Salazar et al. 2020, equation 2): one forward pass per residue. */
final class PseudoLikelihood {
    /** Tokens of one call of the model. */
    private static final int BATCH_TOKENS = 4096;

    private PseudoLikelihood() {}

    /**
     * Negative log-probability of each residue, the others shown.
     *
     * @return nats [residues]
     * @throws CancellationException where the thread is interrupted
     */
    static double[] nats(ProteinModel model, byte[] sequence) {
        int[] places = IntStream.range(0, sequence.length)
                .filter(i -> Vocabulary.isResidue(sequence[i]))
                .toArray();
        double[] nats = new double[places.length];
        int atOnce = Math.max(1, BATCH_TOKENS / sequence.length);
        for (int from = 0; from < places.length; from += atOnce) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the measure was given up at residue " + from);
            }
            int[] part = Arrays.copyOfRange(places, from, Math.min(places.length, from + atOnce));
            double[][] rows =
                    model.logProbabilities(PaddedBatch.of(OneMaskRows.of(sequence, part), model.tokenDropout()));
            for (int i = 0; i < part.length; i++) {
                nats[from + i] = -rows[i][sequence[part[i]]];
            }
        }
        return nats;
    }
}
