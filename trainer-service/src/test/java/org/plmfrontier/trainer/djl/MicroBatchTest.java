package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.MicroBatches;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/** Batches in parts against the same batches whole. */
class MicroBatchTest {
    private static final int MANY = 12;

    @ParameterizedTest
    @EnumSource(Family.class)
    void lossAndGradientOfTheWholeAreTheSumOverItsParts(Family family) throws IOException {
        ModelSettings settings = new ModelSettings(TinyShapes.of(family), Optimizer.adamW());
        PaddedBatch batch = batch(family);
        double weight = 1.0 / batch.selected().length;
        long whole = Networks.of(settings.shape()).activationBytes(Precision.FP32, batch.size(), false);
        assertThat(MicroBatches.of(
                        batch,
                        part -> Networks.of(settings.shape()).activationBytes(Precision.FP32, part, false),
                        whole / 5))
                .hasSizeBetween(5, MANY);
        try (DjlTrainingEngine narrow = engine(whole / 5);
                DjlTrainingEngine wide = engine(whole);
                DjlResidentModel parts = narrow.load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5));
                DjlResidentModel once = wide.load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5))) {
            Parity.report(
                    family + " loss in parts", Math.abs(parts.micro(batch, weight) - once.micro(batch, weight)), 1e-6);
            Parity.report(
                    family + " held-out loss in parts",
                    Math.abs(parts.evaluate(batch).total()
                                    - once.evaluate(batch).total())
                            * weight,
                    1e-6);
            List<float[]> expected = once.gradients();
            double worst = 0;
            for (int i = 0; i < expected.size(); i++) {
                worst = Math.max(
                        worst, Parity.relativeDistance(parts.gradients().get(i), doubles(expected.get(i))));
            }
            Parity.report(family + " worst gradient in parts, relative", worst, 3e-5);
        }
    }

    @Test
    void theSplitDependsOnTheConfiguredMemoryOnly() throws IOException {
        ModelSettings settings = new ModelSettings(TinyShapes.of(Family.ESM2), Optimizer.adamW());
        PaddedBatch batch = batch(Family.ESM2);
        long whole = Networks.of(settings.shape()).activationBytes(Precision.FP32, batch.size(), false);
        try (DjlTrainingEngine engine = engine(whole / 5);
                DjlResidentModel alone = engine.load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5));
                DjlResidentModel beside = engine.load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5))) {
            double weight = 1.0 / batch.selected().length;
            assertThat(beside.micro(batch, weight)).isEqualTo(alone.micro(batch, weight));
            assertThat(beside.gradients()).usingRecursiveComparison().isEqualTo(alone.gradients());
        }
    }

    private static DjlTrainingEngine engine(long activationBytes) throws IOException {
        return DjlTrainingEngine.start(
                new EngineSettings(1, Path.of("target", "engine"), List.of("cpu"), OptionalLong.of(activationBytes)));
    }

    private static PaddedBatch batch(Family family) {
        return PaddedBatch.of(
                Objective.of(family, Masking.BERT, 1)
                        .mask(Studies.records("c", 1, MANY, 40, 3).get(0), 0),
                family == Family.ESM2);
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
