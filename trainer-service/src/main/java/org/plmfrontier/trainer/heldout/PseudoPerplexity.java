package org.plmfrontier.trainer.heldout;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.OneMaskRows;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.masking.NextToken;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Pseudo-perplexity of a masked model (Salazar et al. 2020, equation 2): each residue of a sequence is masked in its turn and
 * predicted from all the others; {@code PPPL = exp(-1/N sum log P(w_t | W without t))} over the N residues of all sequences.
 * Exact: one forward pass per residue, as many rows at a time as fit. Not thread-safe.
 */
public final class PseudoPerplexity {
    /** Tokens of one call of the model. */
    private static final int BATCH_TOKENS = 4096;

    private final TokenLog log;

    public PseudoPerplexity(TokenLog log) {
        this.log = Objects.requireNonNull(log, "log");
    }

    /**
     * Measures a model.
     *
     * @param family a causal one has no masks: each token is predicted from those before it, which gives the ordinary
     *     perplexity
     * @param sequences of the held-out log, from its beginning; all of them where it holds fewer
     * @throws CancellationException where the thread is interrupted meanwhile
     */
    public HeldOutResult of(ResidentModel model, CorpusRef corpus, Family family, boolean tokenDropout, int sequences)
            throws TokenLogException {
        double sum = 0;
        long residues = 0;
        int done = 0;
        for (long index = 0; index < corpus.heldOutRecords() && done < sequences; index++) {
            TokenBatch record = log.heldOut(corpus, index);
            int start = 0;
            for (int i = 0; i < record.lengths().length && done < sequences; i++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the measure was given up after " + done + " sequences");
                }
                int end = start + record.lengths()[i];
                byte[] sequence = Arrays.copyOfRange(record.tokens(), start, end);
                if (family.masked()) {
                    int[] places = residues(sequence);
                    sum += sum(model, sequence, places, tokenDropout);
                    residues += places.length;
                } else {
                    TokenBatch alone = new TokenBatch(corpus.id(), index, sequence, new int[] {sequence.length});
                    PaddedBatch batch = PaddedBatch.of(new NextToken().mask(alone, index), false);
                    sum += model.evaluate(batch).total();
                    residues += batch.selected().length;
                }
                start = end;
                done++;
            }
        }
        return new HeldOutResult(sum / residues, residues, null);
    }

    /** Negative pseudo-log-likelihood of one sequence, nats. */
    private static double sum(ResidentModel model, byte[] sequence, int[] places, boolean tokenDropout) {
        int rowsAtOnce = Math.max(1, BATCH_TOKENS / sequence.length);
        double sum = 0;
        for (int from = 0; from < places.length; from += rowsAtOnce) {
            int[] part = Arrays.copyOfRange(places, from, Math.min(places.length, from + rowsAtOnce));
            sum += model.evaluate(PaddedBatch.of(OneMaskRows.of(sequence, part), tokenDropout))
                    .total();
        }
        return sum;
    }

    private static int[] residues(byte[] sequence) {
        int[] places = new int[sequence.length];
        int count = 0;
        for (int i = 0; i < sequence.length; i++) {
            if (Vocabulary.isResidue(sequence[i])) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }
}
