package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.heldout.HeldOutLoss;
import org.plmfrontier.trainer.heldout.HeldOutResult;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.Studies;

/** The parts of an evaluation of trained models against their logits. */
class EvaluationPartsTest {
    private static final List<TokenBatch> RECORDS = Studies.records("corpus", 8, 6, 90, 11);

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"ESM2", "LSTM"})
    void eachPartIsTheLossOfTheLogitsWhereThatIsShown(Family family) throws IOException {
        PaddedBatch batch =
                PaddedBatch.of(HeldOutMasks.of("corpus").mask(RECORDS.getFirst(), 0), family == Family.ESM2);
        try (DjlResidentModel model = trained(family, 30)) {
            LossSums sums = model.evaluate(batch);
            double[] naive = naive(model.logits(batch), batch);
            assertThat(naive).doesNotContain(0.0);
            assertThat(sums.mask()).isCloseTo(naive[0], within(1e-4));
            assertThat(sums.random()).isCloseTo(naive[1], within(1e-4));
            assertThat(sums.unchanged()).isCloseTo(naive[2], within(1e-4));
            assertThat(sums.mask() + sums.random() + sums.unchanged()).isCloseTo(sums.total(), within(1e-9));
        }
    }

    @Test
    void thePartsOfAnEvaluationWeightedByTheirCountsAreTheWhole() throws Exception {
        CorpusRef corpus = Studies.corpus("corpus", RECORDS, RECORDS);
        try (DjlResidentModel model = trained(Family.ESM2, 60)) {
            HeldOutResult result = new HeldOutLoss(new MemoryTokenLog(RECORDS, RECORDS), 0)
                    .evaluate(model, corpus, Family.ESM2, true, () -> false)
                    .orElseThrow();
            LossParts parts = result.parts();
            assertThat(parts).isNotNull();
            assertThat(parts.residues()).isEqualTo(result.selectedResidues());
            assertThat(parts.lossNats()).isCloseTo(result.lossNats(), within(1e-12));
            assertThat(parts.mask()).isNotNull();
            assertThat(parts.unchanged()).isNotNull();
            assertThat(parts.unchanged().lossNats())
                    .as("a residue that stands there is easier than one that is hidden")
                    .isLessThan(parts.mask().lossNats());
        }
    }

    @Test
    void evaluatingBetweenStepsChangesNoBitOfTheTraining() throws IOException {
        try (DjlResidentModel watched = load(Family.ESM2);
                DjlResidentModel alone = load(Family.ESM2)) {
            for (int step = 0; step < 6; step++) {
                PaddedBatch batch = training(Family.ESM2, step);
                double weight = 1.0 / batch.selected().length;
                watched.evaluate(batch);
                assertThat(watched.micro(batch, weight)).isEqualTo(alone.micro(batch, weight));
                assertThat(watched.apply(3e-3)).isEqualTo(alone.apply(3e-3));
            }
        }
    }

    private static double[] naive(float[] logits, PaddedBatch batch) {
        double[] sums = new double[Shown.values().length];
        for (int i = 0; i < batch.selected().length; i++) {
            int place = batch.selected()[i];
            int truth = (int) batch.targets()[i];
            double exponentials = 0;
            for (int token = 0; token < Vocabulary.SIZE; token++) {
                exponentials += Math.exp(logits[place * Vocabulary.SIZE + token]);
            }
            int shown = batch.tokens()[place];
            int part = shown == Vocabulary.MASK ? 0 : shown == truth ? 2 : 1;
            sums[part] += Math.log(exponentials) - logits[place * Vocabulary.SIZE + truth];
        }
        return sums;
    }

    private static DjlResidentModel trained(Family family, int steps) throws IOException {
        DjlResidentModel model = load(family);
        for (int step = 0; step < steps; step++) {
            PaddedBatch batch = training(family, step);
            model.micro(batch, 1.0 / batch.selected().length);
            model.apply(1e-2);
        }
        return model;
    }

    private static PaddedBatch training(Family family, int step) {
        TokenBatch record = RECORDS.get(step % RECORDS.size());
        return PaddedBatch.of(Objective.of(family, Masking.BERT, 5).mask(record, step), family == Family.ESM2);
    }

    private static DjlResidentModel load(Family family) throws IOException {
        ModelShape shape = family == Family.LSTM ? ModelShape.lstm(1, 16, 24) : ModelShape.esm2(1, 32, 2);
        return (DjlResidentModel)
                Engines.shared().load(new ModelSettings(shape, Optimizer.adamW()), new InitialWeights(5));
    }
}
