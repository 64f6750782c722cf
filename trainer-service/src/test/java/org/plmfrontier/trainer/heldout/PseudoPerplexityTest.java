package org.plmfrontier.trainer.heldout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.OneMaskRows;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.djl.Engines;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.masking.NextToken;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.Studies;

class PseudoPerplexityTest {
    private static final List<TokenBatch> HELD_OUT = Studies.records("c", 3, 4, 150, 5);
    private static final CorpusRef CORPUS = Studies.corpus("c", HELD_OUT, HELD_OUT);

    private final PseudoPerplexity pseudoPerplexity = new PseudoPerplexity(new MemoryTokenLog(HELD_OUT, HELD_OUT));

    @Test
    void everyResidueOfTheFirstSequencesIsMaskedOnceAndAlone() throws Exception {
        ByResidue model = new ByResidue();
        HeldOutResult result = pseudoPerplexity.of(model, CORPUS, Family.LSTM, false, 5);
        double sum = 0;
        long residues = 0;
        for (int i = 0; i < 5; i++) {
            for (byte token : sequence(i)) {
                sum += Vocabulary.isResidue(token) ? ByResidue.nats(token) : 0;
                residues += Vocabulary.isResidue(token) ? 1 : 0;
            }
        }
        assertThat(result.selectedResidues()).isEqualTo(residues);
        assertThat(result.lossNats()).isCloseTo(sum / residues, offset(1e-12));
        assertThat(model.largestBatch).isLessThanOrEqualTo(4096);
        assertThat(model.calls).isGreaterThan(5);
    }

    @Test
    void asManySequencesAsThereAreIsTheMost() throws Exception {
        HeldOutResult all = pseudoPerplexity.of(new ByResidue(), CORPUS, Family.LSTM, false, 12);
        assertThat(pseudoPerplexity.of(new ByResidue(), CORPUS, Family.LSTM, false, 1000))
                .isEqualTo(all);
    }

    @Test
    void batchedItIsWhatOneMaskAfterTheOtherGives() throws Exception {
        ModelSettings settings = new ModelSettings(ModelShape.esm2(2, 32, 2), Optimizer.adamW());
        try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(5))) {
            HeldOutResult batched = pseudoPerplexity.of(model, CORPUS, Family.ESM2, true, 1);
            byte[] sequence = sequence(0);
            double sum = 0;
            for (int place = 1; place < sequence.length - 1; place++) {
                sum += model.evaluate(PaddedBatch.of(OneMaskRows.of(sequence, new int[] {place}), true))
                        .total();
            }
            assertThat(batched.selectedResidues()).isEqualTo(sequence.length - 2);
            assertThat(batched.lossNats()).isCloseTo(sum / (sequence.length - 2), offset(1e-6));
        }
    }

    @Test
    void aCausalModelsAnswerIsItsPerplexityOverTheSameSequences() throws Exception {
        ModelSettings settings = new ModelSettings(ModelShape.causal(1, 16, 2), Optimizer.adamW());
        try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(5))) {
            HeldOutResult first = pseudoPerplexity.of(model, CORPUS, Family.CAUSAL, false, 4);
            PaddedBatch record = PaddedBatch.of(new NextToken().mask(HELD_OUT.getFirst(), 0), false);
            assertThat(first.selectedResidues()).isEqualTo(record.selected().length);
            assertThat(first.lossNats())
                    .isCloseTo(model.evaluate(record).total() / record.selected().length, offset(1e-6));
        }
    }

    private static byte[] sequence(int number) {
        List<byte[]> sequences = new ArrayList<>();
        for (TokenBatch record : HELD_OUT) {
            int start = 0;
            for (int length : record.lengths()) {
                sequences.add(Arrays.copyOfRange(record.tokens(), start, start + length));
                start += length;
            }
        }
        return sequences.get(number);
    }

    /** A model that knows how frequent residues are and nothing else; each row must have one MASK, at its target. */
    private static final class ByResidue implements ResidentModel {
        private int largestBatch;
        private int calls;

        static double nats(int token) {
            return 1 + token / 10.0;
        }

        @Override
        public LossSums evaluate(PaddedBatch batch) {
            calls++;
            largestBatch = Math.max(largestBatch, batch.tokens().length);
            assertThat(batch.selected()).hasSize(batch.rows());
            assertThat(Arrays.stream(batch.tokens()).filter(token -> token == Vocabulary.MASK))
                    .hasSize(batch.rows());
            double sum = 0;
            for (int i = 0; i < batch.selected().length; i++) {
                assertThat(batch.tokens()[batch.selected()[i]]).isEqualTo(Vocabulary.MASK);
                sum += nats((int) batch.targets()[i]);
            }
            return new LossSums(sum, sum, 0, 0);
        }

        @Override
        public double micro(PaddedBatch batch, double weight) {
            throw new AssertionError("measuring must not train or save");
        }

        @Override
        public double apply(double learningRate) {
            throw new AssertionError("measuring must not train or save");
        }

        @Override
        public StateSnapshot snapshot() {
            throw new AssertionError("measuring must not train or save");
        }

        @Override
        public void save(TensorSink sink) throws IOException {
            throw new AssertionError("measuring must not train or save");
        }

        @Override
        public void close() {}
    }
}
