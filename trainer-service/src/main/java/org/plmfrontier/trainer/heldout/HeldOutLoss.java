package org.plmfrontier.trainer.heldout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.masking.NextToken;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Held-out loss over a fixed set: of a masked family under {@link HeldOutMasks}, which are the same for every run of every
 * study on a held-out set, with its parts; of a causal one, over every next token. Records of small sets are kept in memory, and the
 * arrays of the set evaluated last where it is smaller still. Not thread-safe.
 */
public final class HeldOutLoss {
    private static final int KEPT_CORPORA = 2;

    /** Arrays take about ten times the bytes of a record's tokens. */
    private static final int ARRAYS_SHARE = 4;

    /** What the arrays of a set depend on. */
    private record SetKey(String corpus, String maskSeed, boolean masked, boolean tokenDropout) {}

    private final TokenLog log;
    private final long keptTokens;
    private @Nullable SetKey lastSet;
    private List<PaddedBatch> arrays = List.of();
    private final Map<String, List<TokenBatch>> kept = new LinkedHashMap<>();

    /**
     * Reads from a log.
     *
     * @param keptTokens sets of more tokens are read again at each evaluation, and those of more than a quarter are masked and
     *     padded again
     */
    public HeldOutLoss(TokenLog log, long keptTokens) {
        this.log = Objects.requireNonNull(log, "log");
        this.keptTokens = keptTokens;
    }

    /**
     * Evaluates a model. The mean is not finite where the model is broken.
     *
     * @param tokenDropout as in the model's training
     * @param abandon asked before each record, which may be evaluated with the next ones; where it says true the answer is empty
     */
    public Optional<HeldOutResult> evaluate(
            ResidentModel model, CorpusRef corpus, Family family, boolean tokenDropout, BooleanSupplier abandon)
            throws TokenLogException {
        Objective objective = family.masked() ? HeldOutMasks.of(corpus.evaluatedOn())::mask : new NextToken();
        SetKey set = new SetKey(corpus.id(), corpus.evaluatedOn(), family.masked(), tokenDropout);
        List<PaddedBatch> ready = set.equals(lastSet) ? arrays : List.of();
        List<PaddedBatch> made = new ArrayList<>();
        List<TokenBatch> known = kept.getOrDefault(corpus.id(), List.of());
        List<TokenBatch> read = new ArrayList<>();
        long tokens = 0;
        Together together = new Together(model);
        long[] residues = new long[Shown.values().length];
        for (long index = 0; index < corpus.heldOutRecords(); index++) {
            if (abandon.getAsBoolean()) {
                return Optional.empty();
            }
            if (!ready.isEmpty()) {
                together.add(ready.get((int) index));
                ready.get((int) index).countShown(residues);
                continue;
            }
            TokenBatch record = known.isEmpty() ? log.heldOut(corpus, index) : known.get((int) index);
            PaddedBatch batch = PaddedBatch.of(objective.mask(record, index), tokenDropout);
            together.add(batch);
            batch.countShown(residues);
            tokens += record.tokens().length;
            if (tokens <= keptTokens / ARRAYS_SHARE) {
                made.add(batch);
            }
            if (known.isEmpty() && tokens <= keptTokens) {
                read.add(record);
            }
        }
        keep(corpus, read);
        if (made.size() == corpus.heldOutRecords()) {
            arrays = List.copyOf(made);
            lastSet = set;
        }
        return Optional.of(result(together.sums(), residues, family));
    }

    /** Gives a model several records at once, so that a device need not wait between them. */
    private static final class Together {
        private final ResidentModel model;
        private final List<PaddedBatch> batches = new ArrayList<>();
        private LossSums sums = LossSums.NONE;

        Together(ResidentModel model) {
            this.model = model;
        }

        void add(PaddedBatch batch) {
            batches.add(batch);
            if (batches.size() == model.evaluatedTogether()) {
                evaluate();
            }
        }

        LossSums sums() {
            evaluate();
            return sums;
        }

        private void evaluate() {
            sums = model.evaluate(sums, batches);
            batches.clear();
        }
    }

    private static HeldOutResult result(LossSums sums, long[] residues, Family family) {
        long selected = LongStream.of(residues).sum();
        double[] byShown = {sums.mask(), sums.random(), sums.unchanged()};
        boolean parts = family.masked() && Double.isFinite(sums.total());
        return new HeldOutResult(sums.total() / selected, selected, parts ? LossParts.of(byShown, residues) : null);
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
