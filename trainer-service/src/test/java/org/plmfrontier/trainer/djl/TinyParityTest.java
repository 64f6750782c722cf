package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The tiny model against fair-esm in float64, with the fixtures' tolerances. */
class TinyParityTest {
    static final ModelShape TINY = ModelShape.esm2(2, 64, 4);
    private static final int VOCABULARY = 29;

    @ParameterizedTest
    @CsvSource({"tdon,true", "tdoff,false"})
    void logitsAreThoseOfFairEsm(String kind, boolean tokenDropout) throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = model(fixture)) {
            PaddedBatch batch = batch(fixture, tokenDropout);
            assertLogits("tiny " + kind, model, batch, fixture.values(kind + ".f64.logits"), 5e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"tdon,true", "tdoff,false"})
    void theHiddenStatesOfEveryLayerAreThoseOfFairEsm(String kind, boolean tokenDropout) throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = model(fixture)) {
            PaddedBatch batch = batch(fixture, tokenDropout);
            float[] hidden = model.hidden(batch);
            int size = batch.tokens().length * TINY.dModel();
            List<String> states = List.of("hidden.0", "hidden.1", "hidden.2.prenorm", "hidden.2");
            assertThat(hidden).hasSize(states.size() * size);
            for (int state = 0; state < states.size(); state++) {
                double[] expected = fixture.values(kind + ".f64." + states.get(state));
                double worst = 0;
                for (int i = 0; i < size; i++) {
                    boolean real = batch.tokens()[i / TINY.dModel()] != 0;
                    worst = real ? Math.max(worst, Math.abs(hidden[state * size + i] - expected[i])) : worst;
                }
                Parity.report("tiny " + kind + " " + states.get(state), worst, 5e-5);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"tdon,true", "tdoff,false"})
    void lossAndEveryGradientAreThoseOfFairEsm(String kind, boolean tokenDropout) throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = model(fixture)) {
            PaddedBatch batch = batch(fixture, tokenDropout);
            double loss = model.micro(batch, 1.0 / batch.selected().length);
            double expected = fixture.scalar(kind + ".f64.loss");
            Parity.report("tiny " + kind + " loss", Math.abs(loss - expected), 5e-6);
            List<TensorSpec> tensors = Networks.parameters(TINY);
            List<float[]> gradients = model.gradients();
            double worst = 0;
            for (int i = 0; i < tensors.size(); i++) {
                double[] reference =
                        fixture.values(kind + ".f64.grad." + tensors.get(i).name());
                worst = Math.max(worst, Parity.relativeDistance(gradients.get(i), reference));
            }
            Parity.report("tiny " + kind + " worst gradient, relative", worst, 3e-5);
        }
    }

    @Test
    void aRowWithoutMaskIsScaledToo() throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = model(fixture)) {
            PaddedBatch batch =
                    ReferenceBatch.of(4, fixture.integers("clean_tokens"), fixture.integers("labels"), true);
            assertLogits("tiny tdon without MASK", model, batch, fixture.values("tdon.f64.nomask.logits"), 5e-5);
        }
    }

    @Test
    void aRowAloneHasTheLogitsItHasInItsBatch() throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = model(fixture)) {
            PaddedBatch whole = batch(fixture, true);
            int row = 1;
            int[] tokens = java.util.Arrays.copyOfRange(fixture.integers("tokens"), row * 40, (row + 1) * 40);
            int[] labels = java.util.Arrays.copyOfRange(fixture.integers("labels"), row * 40, (row + 1) * 40);
            PaddedBatch alone = ReferenceBatch.of(1, tokens, labels, true);
            float[] inBatch = model.logits(whole);
            float[] single = model.logits(alone);
            double worst = 0;
            for (int i = 0; i < alone.columns() * VOCABULARY; i++) {
                worst = Math.max(worst, Math.abs(single[i] - inBatch[row * 40 * VOCABULARY + i]));
            }
            assertThat(alone.columns()).isEqualTo(23);
            Parity.report("tiny one row alone", worst, 5e-5);
        }
    }

    @Test
    void evaluationIsTheTrainingLossWithoutItsGradient() throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = model(fixture)) {
            PaddedBatch batch = batch(fixture, true);
            double mean = model.evaluate(batch).total() / batch.selected().length;
            Parity.report("tiny evaluate", Math.abs(mean - fixture.scalar("tdon.f64.loss")), 5e-6);
            assertThat(model.gradients())
                    .allSatisfy(gradient -> assertThat(gradient).containsOnly(0f));
        }
    }

    static void assertLogits(
            String kind, DjlResidentModel model, PaddedBatch batch, double[] expected, double tolerance) {
        float[] logits = model.logits(batch);
        double worst = 0;
        for (int i = 0; i < logits.length; i++) {
            boolean real = batch.tokens()[i / VOCABULARY] != 0;
            worst = real ? Math.max(worst, Math.abs(logits[i] - expected[i])) : worst;
        }
        Parity.report(kind + " logits", worst, tolerance);
    }

    static PaddedBatch batch(Fixture fixture, boolean tokenDropout) {
        return ReferenceBatch.of(4, fixture.integers("tokens"), fixture.integers("labels"), tokenDropout);
    }

    private static DjlResidentModel model(Fixture fixture) throws IOException {
        return Engines.shared()
                .load(new ModelSettings(TINY, Optimizer.adamW()), Attention.FUSED_FLOAT32, weights(fixture));
    }

    static TensorSource weights(Fixture fixture) {
        return weights(fixture, "param.");
    }

    /** Weights under a prefix, moments 0. */
    static TensorSource weights(Fixture fixture, String prefix) {
        return tensor -> tensor.name().startsWith("adam.")
                ? ByteBuffer.allocate((int) tensor.bytes())
                : fixture.bytes(prefix + tensor.name());
    }
}
