package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.safetensors.Fixture;

/** Hidden states and attention maps of the families that have no reference of their own for them. */
class InsideModelsTest {
    private static final ModelShape LSTM = ModelShape.lstm(3, 24, 32);

    static List<ModelShape> modern() {
        return List.of(ModelShape.modern(2, 32, 4).withQkNorm(), ModelShape.modernCausal(2, 32, 4));
    }

    @ParameterizedTest
    @MethodSource("modern")
    void theLastStatesOfAModernModelTimesItsOutputMatrixAreItsLogits(ModelShape shape) throws IOException {
        ModernScene scene = new ModernScene(shape);
        try (ProteinModel model = open(shape, scene::read)) {
            float[][] states = model.hidden(scene.batch(), shape.layers())[0];
            double worst = logitDistance(
                    model, scene.batch(), states, scene.weights().get("lm_head.weight"), new double[Vocabulary.SIZE]);
            Parity.report(shape.family() + " logits of hidden states", worst, 5e-5);
        }
    }

    @Test
    void theLastStatesOfAnLstmTimesItsOutputMatrixAreItsLogitsAndTheFirstAreItsEmbeddings() throws IOException {
        try (Fixture tiny = Fixture.open("tiny");
                Fixture extras = Fixture.open("extras");
                ProteinModel model = open(LSTM, TinyParityTest.weights(extras, "lstm.param."))) {
            PaddedBatch batch = ReferenceBatch.of(4, tiny.integers("tokens"), tiny.integers("labels"), false);
            float[][][] states = model.hidden(batch, 0, 2, 3);
            Map<String, double[]> weights = lstmTensors(extras);
            double[] embedding = weights.get("embed");
            for (int place = 0; place < batch.selected().length; place++) {
                int token = batch.tokens()[batch.selected()[place]];
                for (int j = 0; j < LSTM.dModel(); j++) {
                    assertThat(states[0][place][j]).isEqualTo((float) embedding[token * LSTM.dModel() + j]);
                }
            }
            assertThat(states[1][0]).hasSize(2 * LSTM.ffnSize());
            double worst = logitDistance(model, batch, states[2], weights.get("weight"), weights.get("bias"));
            Parity.report("lstm logits of hidden states", worst, 5e-5);
        }
    }

    @Test
    void anLstmHasNoAttentionMaps() throws IOException {
        try (Fixture tiny = Fixture.open("tiny");
                Fixture extras = Fixture.open("extras");
                ProteinModel model = open(LSTM, TinyParityTest.weights(extras, "lstm.param."))) {
            PaddedBatch batch = TinyParityTest.batch(tiny, false).rows(0, 1).orElseThrow();
            assertThat(model.attends()).isFalse();
            assertThatThrownBy(() -> model.attention(batch, (layer, maps) -> {}))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("modern")
    void attentionMapsAreProbabilitiesAndACausalOneLooksBackOnly(ModelShape shape) throws IOException {
        ModernScene scene = new ModernScene(shape);
        try (ProteinModel model = open(shape, scene::read)) {
            PaddedBatch row = scene.batch().rows(0, 1).orElseThrow();
            int size = row.columns();
            List<Integer> layers = new ArrayList<>();
            model.attention(row, (layer, maps) -> {
                layers.add(layer);
                assertThat(maps).hasSize(shape.heads() * size * size);
                for (int query = 0; query < shape.heads() * size; query++) {
                    double sum = 0;
                    double ahead = 0;
                    for (int key = 0; key < size; key++) {
                        sum += maps[query * size + key];
                        ahead += key > query % size ? maps[query * size + key] : 0;
                    }
                    assertThat(sum).isCloseTo(1, within(1e-5));
                    if (shape.architecture().causal()) {
                        assertThat(ahead).isZero();
                    }
                }
            });
            assertThat(layers).containsExactly(0, 1);
            assertThatThrownBy(() -> model.attention(scene.batch(), (layer, maps) -> {}))
                    .hasMessageContaining("one sequence");
        }
    }

    private static ProteinModel open(ModelShape shape, TensorSource state) throws IOException {
        return Engines.shared().open(new ModelSettings(shape, Optimizer.adamW()), false, state);
    }

    /** Log-probabilities from states by a linear layer against the model's own. */
    private static double logitDistance(
            ProteinModel model, PaddedBatch batch, float[][] states, double[] weight, double[] bias) {
        double[][] expected = model.logProbabilities(batch);
        double worst = 0;
        for (int place = 0; place < states.length; place++) {
            int width = states[place].length;
            double[] logits = bias.clone();
            double total = 0;
            for (int token = 0; token < Vocabulary.SIZE; token++) {
                for (int j = 0; j < width; j++) {
                    logits[token] += weight[token * width + j] * states[place][j];
                }
                total += Math.exp(logits[token]);
            }
            for (int token = 0; token < Vocabulary.SIZE; token++) {
                worst = Math.max(worst, Math.abs(logits[token] - Math.log(total) - expected[place][token]));
            }
        }
        return worst;
    }

    private static Map<String, double[]> lstmTensors(Fixture extras) {
        return Map.of(
                "embed", extras.values("lstm.param.embed.weight"),
                "weight", extras.values("lstm.param.out.weight"),
                "bias", extras.values("lstm.param.out.bias"));
    }
}
