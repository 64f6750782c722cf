package org.plmfrontier.trainer.heldout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

class HeldOutLossTest {
    private final List<TokenBatch> heldOut = Studies.records("c", 3, 4, 40, 2);
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
    void corporaHaveMasksOfTheirOwn() {
        assertThat(HeldOutLoss.seedOf("a")).isNotEqualTo(HeldOutLoss.seedOf("b"));
        assertThat(HeldOutLoss.seedOf("ab")).isNotEqualTo(HeldOutLoss.seedOf("ba"));
    }

    @Test
    void anAbandonedEvaluationHasNoAnswer() throws IOException, TokenLogException {
        try (ResidentModel model = model()) {
            assertThat(new HeldOutLoss(log, 0).evaluate(model, corpus, Family.ESM2, true, () -> true))
                    .isEmpty();
        }
    }

    private static ResidentModel model() throws IOException {
        return new FakeEngine().load(new ModelSettings(Studies.SMALL, Optimizer.adamW()), new InitialWeights(1));
    }
}
