package org.plmfrontier.trainer.heldout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.random.SplitMix64;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Held-out loss over a fixed set: of a masked family, BERT masking seeded by the corpus alone, so that every run of every
 * study on a corpus predicts the same residues; of a causal one, every next token. Records of small sets are kept in memory. Not thread-safe.
 */
public final class HeldOutLoss {
    private static final int KEPT_CORPORA = 2;

    private final TokenLog log;
    private final long keptTokens;
    private final Map<String, List<TokenBatch>> kept = new LinkedHashMap<>();

    /**
     * Reads from a log.
     *
     * @param keptTokens sets of more tokens are read again at each evaluation
     */
    public HeldOutLoss(TokenLog log, long keptTokens) {
        this.log = Objects.requireNonNull(log, "log");
        this.keptTokens = keptTokens;
    }

    /**
     * Evaluates a model. The mean is not finite where the model is broken.
     *
     * @param tokenDropout as in the model's training
     * @param abandon asked before each record; where it says true the answer is empty
     */
    public Optional<HeldOutResult> evaluate(
            ResidentModel model, CorpusRef corpus, Family family, boolean tokenDropout, BooleanSupplier abandon)
            throws TokenLogException {
        Objective objective = Objective.of(family, Masking.BERT, seedOf(corpus.id()));
        List<TokenBatch> known = kept.getOrDefault(corpus.id(), List.of());
        List<TokenBatch> read = new ArrayList<>();
        long tokens = 0;
        double sum = 0;
        long selected = 0;
        for (long index = 0; index < corpus.heldOutRecords(); index++) {
            if (abandon.getAsBoolean()) {
                return Optional.empty();
            }
            TokenBatch record = known.isEmpty() ? log.heldOut(corpus, index) : known.get((int) index);
            PaddedBatch batch = PaddedBatch.of(objective.mask(record, index), tokenDropout);
            sum += model.evaluate(batch);
            selected += batch.selected().length;
            tokens += record.tokens().length;
            if (known.isEmpty() && tokens <= keptTokens) {
                read.add(record);
            }
        }
        keep(corpus, read);
        return Optional.of(new HeldOutResult(sum / selected, selected));
    }

    /** One number per corpus id. */
    static long seedOf(String corpusId) {
        long seed = 0;
        for (int i = 0; i < corpusId.length(); i++) {
            seed = SplitMix64.mix(seed + corpusId.charAt(i) + 1);
        }
        return seed;
    }

    private void keep(CorpusRef corpus, List<TokenBatch> read) {
        if (read.size() != corpus.heldOutRecords()) {
            return;
        }
        while (kept.size() >= KEPT_CORPORA) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(corpus.id(), List.copyOf(read));
    }
}
