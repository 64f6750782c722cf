package org.plmfrontier.trainer.heldout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

class HeldOutLossTest {
    private final List<TokenBatch> heldOut = Studies.records("c", 3, 4, 90, 2);
    private final MemoryTokenLog log = new MemoryTokenLog(heldOut, heldOut);
    private final CorpusRef corpus = Studies.corpus("c", heldOut, heldOut);

    @Test
    void theMeanIsOverAllSelectedResiduesAndTheSameEachTime() throws IOException, TokenLogException {
        HeldOutLoss loss = new HeldOutLoss(log, 1_000_000);
        try (ResidentModel model = model()) {
            HeldOutResult first =
                    loss.evaluate(model, corpus, Family.ESM2, true, () -> false).orElseThrow();
            HeldOutResult second =
                    loss.evaluate(model, corpus, Family.ESM2, true, () -> false).orElseThrow();
            assertThat(second).isEqualTo(first);
            long expected = 0;
            for (TokenBatch batch : heldOut) {
                int start = 0;
                for (int length : batch.lengths()) {
                    expected += Math.round(0.15 * (length - 2));
                    start += length;
                }
                assertThat(start).isEqualTo(batch.tokens().length);
            }
            assertThat(first.selectedResidues()).isEqualTo(expected);
            assertThat(first.lossNats()).isBetween(1.0, 2.0);
        }
    }

    @Test
    void aSmallSetIsReadOnceAndALargeOneEachTime() throws IOException, TokenLogException {
        try (ResidentModel model = model()) {
            HeldOutLoss small = new HeldOutLoss(log, 1_000_000);
            small.evaluate(model, corpus, Family.ESM2, true, () -> false);
            small.evaluate(model, corpus, Family.ESM2, true, () -> false);
            assertThat(log.heldOutReads).containsExactly(0L, 1L, 2L);
            HeldOutLoss large = new HeldOutLoss(log, 100);
            large.evaluate(model, corpus, Family.ESM2, true, () -> false);
            large.evaluate(model, corpus, Family.ESM2, true, () -> false);
            assertThat(log.heldOutReads).hasSize(9);
        }
    }

    @Test
    void theArraysOfASmallSetAreMadeOnceForEachWayOfMasking() throws TokenLogException {
        HeldOutLoss loss = new HeldOutLoss(log, 1_000_000);
        try (LettersOnly model = new LettersOnly()) {
            Optional<HeldOutResult> first = loss.evaluate(model, corpus, Family.ESM2, true, () -> false);
            assertThat(loss.evaluate(model, corpus, Family.ESM2, true, () -> false))
                    .isEqualTo(first);
            assertThat(model.seen.subList(3, 6))
                    .usingElementComparator(byIdentity())
                    .isEqualTo(model.seen.subList(0, 3));
            loss.evaluate(model, corpus, Family.ESM2, false, () -> false);
            assertThat(model.seen.get(6).scale()).isNotEqualTo(model.seen.get(0).scale());
            loss.evaluate(model, corpus, Family.CAUSAL, false, () -> false);
            assertThat(model.seen.get(9).selected())
                    .isNotEqualTo(model.seen.get(6).selected());
            assertThat(loss.evaluate(model, corpus, Family.ESM2, true, () -> false))
                    .as("after others")
                    .isEqualTo(first);
        }
    }

    private static Comparator<PaddedBatch> byIdentity() {
        return (one, other) -> one == other ? 0 : 1;
    }

    @Test
    void corporaOfOneSetHaveOneLossAndAnotherSeedOfTheMasksGivesAnother() throws TokenLogException {
        log.add("other", heldOut, heldOut);
        CorpusRef took = common(new HeldOutSet("0b".repeat(32), corpus.id()));
        CorpusRef apart = common(HeldOutSet.of("0b".repeat(32)));
        HeldOutLoss loss = new HeldOutLoss(log, 1_000_000);
        try (LettersOnly model = new LettersOnly()) {
            Optional<HeldOutResult> own = loss.evaluate(model, corpus, Family.ESM2, true, () -> false);
            assertThat(loss.evaluate(model, took, Family.ESM2, true, () -> false))
                    .isEqualTo(own);
            assertThat(loss.evaluate(model, apart, Family.ESM2, true, () -> false))
                    .isNotEqualTo(own);
        }
    }

    private CorpusRef common(HeldOutSet set) {
        return new CorpusRef("other", 7, 700, corpus.heldOutRecords(), corpus.references(), set);
    }

    @Test
    void aCausalModelPredictsEveryNextToken() throws IOException, TokenLogException {
        try (ResidentModel model = model()) {
            HeldOutResult result = new HeldOutLoss(log, 0)
                    .evaluate(model, corpus, Family.CAUSAL, false, () -> false)
                    .orElseThrow();
            long tokens =
                    heldOut.stream().mapToLong(batch -> batch.tokens().length).sum();
            long sequences =
                    heldOut.stream().mapToLong(batch -> batch.lengths().length).sum();
            assertThat(result.selectedResidues()).isEqualTo(tokens - sequences);
        }
    }

    @Test
    void thePartsOfAMaskedLossAreThoseOfANaiveLoopOverTheMasksOfTheCorpus() throws TokenLogException {
        double[] nats = new double[Shown.values().length];
        long[] residues = new long[Shown.values().length];
        for (TokenBatch record : heldOut) {
            MaskedRecord masked = HeldOutMasks.of("c").mask(record, record.index());
            for (int i = 0; i < masked.selected().length; i++) {
                int shown = masked.input()[masked.selected()[i]];
                int truth = masked.targets()[i];
                int part = shown == Vocabulary.MASK ? 0 : shown != truth ? 1 : 2;
                nats[part] += LettersOnly.nats(shown, truth);
                residues[part]++;
            }
        }
        assertThat(residues).doesNotContain(0L);
        try (ResidentModel model = new LettersOnly()) {
            HeldOutResult result = new HeldOutLoss(log, 0)
                    .evaluate(model, corpus, Family.LSTM, false, () -> false)
                    .orElseThrow();
            LossParts parts = Objects.requireNonNull(result.parts());
            assertThat(parts.mask()).isEqualTo(new LossPart(nats[0] / residues[0], residues[0]));
            assertThat(parts.random()).isEqualTo(new LossPart(nats[1] / residues[1], residues[1]));
            assertThat(parts.unchanged()).isEqualTo(new LossPart(nats[2] / residues[2], residues[2]));
            assertThat(parts.residues()).isEqualTo(result.selectedResidues());
            assertThat(parts.lossNats()).isCloseTo(result.lossNats(), within(1e-12));
        }
    }

    @Test
    void aCausalLossAndALossThatIsNoNumberHaveNoParts() throws IOException, TokenLogException {
        HeldOutLoss loss = new HeldOutLoss(log, 0);
        try (ResidentModel model = model()) {
            assertThat(loss.evaluate(model, corpus, Family.CAUSAL, false, () -> false)
                            .orElseThrow()
                            .parts())
                    .isNull();
        }
        FakeEngine broken = new FakeEngine();
        broken.evaluateToNothing();
        try (ResidentModel model =
                broken.load(new ModelSettings(Studies.SMALL, Optimizer.adamW()), new InitialWeights(1))) {
            HeldOutResult result =
                    loss.evaluate(model, corpus, Family.ESM2, true, () -> false).orElseThrow();
            assertThat(result.lossNats()).isNaN();
            assertThat(result.parts()).isNull();
        }
    }

    @Test
    void anAbandonedEvaluationHasNoAnswer() throws IOException, TokenLogException {
        try (ResidentModel model = model()) {
            assertThat(new HeldOutLoss(log, 0).evaluate(model, corpus, Family.ESM2, true, () -> true))
                    .isEmpty();
        }
    }

    /** A model whose loss depends on what is shown of a residue and on the residue. */
    private static final class LettersOnly implements ResidentModel {
        final List<PaddedBatch> seen = new ArrayList<>();

        static double nats(int shown, int truth) {
            return shown == truth ? 0.5 : 2 + shown / 16.0 + truth / 64.0;
        }

        @Override
        public LossSums evaluate(PaddedBatch batch) {
            seen.add(batch);
            double[] sums = new double[Shown.values().length];
            for (int i = 0; i < batch.selected().length; i++) {
                int shown = batch.tokens()[batch.selected()[i]];
                int truth = (int) batch.targets()[i];
                sums[Shown.of(shown, truth).ordinal()] += nats(shown, truth);
            }
            return new LossSums(sums[0] + sums[1] + sums[2], sums[0], sums[1], sums[2]);
        }

        @Override
        public double micro(PaddedBatch batch, double weight) {
            throw new AssertionError("evaluating must not train");
        }

        @Override
        public double apply(double learningRate) {
            throw new AssertionError("evaluating must not train");
        }

        @Override
        public StateSnapshot snapshot() {
            throw new AssertionError("evaluating must not save");
        }

        @Override
        public void save(TensorSink sink) {
            throw new AssertionError("evaluating must not save");
        }

        @Override
        public void close() {}
    }

    private static ResidentModel model() throws IOException {
        return new FakeEngine().load(new ModelSettings(Studies.SMALL, Optimizer.adamW()), new InitialWeights(1));
    }
}
