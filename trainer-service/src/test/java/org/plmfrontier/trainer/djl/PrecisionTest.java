package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.Fixture;
import org.plmfrontier.trainer.slice.Studies;

/** The other ways to compute the tiny model: bfloat16 products, attention by plain products. */
class PrecisionTest {
    private static final ModelSettings SETTINGS = new ModelSettings(TinyParityTest.TINY, Optimizer.adamW());
    /** Half a unit in the last place of bfloat16. */
    private static final double ROUNDING = 0x1p-9;

    @ParameterizedTest
    @CsvSource({
        "BF16,FUSED",
        "BF16,FUSED_FLOAT32",
        "BF16,PLAIN",
        "BF16_RESIDUAL,FUSED",
        "BF16_RESIDUAL,FUSED_FLOAT32",
        "BF16_RESIDUAL,PLAIN"
    })
    void bfloat16RoundsWhatItSaysAndNothingElse(Precision precision, Attention attention) throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = Engines.shared()
                        .load(SETTINGS.withPrecision(precision), attention, TinyParityTest.weights(fixture))) {
            PaddedBatch batch = TinyParityTest.batch(fixture, true);
            double loss = model.micro(batch, 1.0 / batch.selected().length);
            double distance = Math.abs(loss - fixture.scalar("tdon.f64.loss"));
            Parity.report("tiny " + precision + " loss " + attention, distance, 4 * ROUNDING);
            assertThat(distance).as("bfloat16 is not float32").isGreaterThan(5e-6);
            Parity.report(
                    "tiny " + precision + " worst gradient " + attention, worstGradient(fixture, model), 32 * ROUNDING);
        }
    }

    /** All but the last layer's output, which has gone through the final norm, are the stream. */
    @ParameterizedTest
    @EnumSource(value = Family.class, names = "LSTM", mode = EnumSource.Mode.EXCLUDE)
    void theResidualStreamIsBfloat16WhereTheRecipeAsksForIt(Family family) throws IOException {
        ModelShape shape = TinyShapes.of(family, 3);
        PaddedBatch batch = batch(family);
        for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.BF16_RESIDUAL)) {
            ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
            try (ProteinModel model = Engines.shared().open(settings, false, new InitialWeights(5))) {
                float[][][] states = model.hidden(batch, 0, 1, 2, 3);
                for (int layer = 0; layer < 3; layer++) {
                    assertThat(isRounded(states[layer]))
                            .as("%s of %s behind layer %d", precision, family, layer)
                            .isEqualTo(precision == Precision.BF16_RESIDUAL);
                }
                assertThat(isRounded(states[3])).as("the last norm is float32").isFalse();
            }
        }
    }

    /** bfloat16 gradients of two parts are added in float32. */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BF16", "BF16_RESIDUAL"})
    void gradientsAreGatheredInFloat32(Precision precision) throws IOException {
        List<float[]> together;
        List<List<float[]>> alone = new ArrayList<>();
        PaddedBatch[] parts = {batch(Family.ESM2), batch(Family.CAUSAL)};
        ModelSettings settings = SETTINGS.withPrecision(precision);
        try (DjlResidentModel model = Engines.shared().load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5))) {
            for (PaddedBatch part : parts) {
                model.micro(part, 1);
                alone.add(model.gradients());
                model.apply(0);
            }
            for (PaddedBatch part : parts) {
                model.micro(part, 1);
            }
            together = model.gradients();
        }
        for (int i = 0; i < together.size(); i++) {
            float[] sum = alone.get(0).get(i).clone();
            for (int j = 0; j < sum.length; j++) {
                sum[j] += alone.get(1).get(i)[j];
            }
            assertThat(together.get(i)).isEqualTo(sum);
        }
    }

    /** The attention maps of a model are read layer by layer through Java, which has no bfloat16. */
    @Test
    void attentionMapsAreReadOfABfloat16StreamToo() throws IOException {
        PaddedBatch one = PaddedBatch.of(
                Objective.of(Family.ESM2, Masking.BERT, 1)
                        .mask(Studies.records("c", 1, 1, 30, 3).get(0), 0),
                false);
        List<float[]> exact = maps(Precision.FP32, one);
        List<float[]> rounded = maps(Precision.BF16_RESIDUAL, one);
        for (int layer = 0; layer < exact.size(); layer++) {
            Parity.report("attention of layer " + layer, distance(rounded.get(layer), exact.get(layer)), 8 * ROUNDING);
            assertThat(rounded.get(layer)).isNotEqualTo(exact.get(layer));
        }
    }

    private static List<float[]> maps(Precision precision, PaddedBatch one) throws IOException {
        List<float[]> maps = new ArrayList<>();
        try (ProteinModel model =
                Engines.shared().open(SETTINGS.withPrecision(precision), false, new InitialWeights(5))) {
            model.attention(one, (layer, values) -> maps.add(values));
        }
        return maps;
    }

    private static PaddedBatch batch(Family family) {
        return PaddedBatch.of(
                Objective.of(family, Masking.BERT, 1)
                        .mask(Studies.records("c", 1, 6, 30, 3).get(0), 0),
                false);
    }

    /** Whether all values have the 8 bits of mantissa of bfloat16. */
    private static boolean isRounded(float[][] rows) {
        return Arrays.stream(rows)
                .allMatch(row ->
                        IntStream.range(0, row.length).allMatch(i -> (Float.floatToRawIntBits(row[i]) & 0xFFFF) == 0));
    }

    /** A processor without instructions for bfloat16 computes in float32 of rounded numbers. */
    @ParameterizedTest
    @CsvSource({
        "ESM2,BF16",
        "CAUSAL,BF16",
        "LSTM,BF16",
        "MODERN,BF16",
        "MODERN_CAUSAL,BF16",
        "ESM2,BF16_RESIDUAL",
        "CAUSAL,BF16_RESIDUAL",
        "MODERN,BF16_RESIDUAL",
        "MODERN_CAUSAL,BF16_RESIDUAL"
    })
    void bfloat16IsRoundedWhereTheProcessorLacksIt(Family family, Precision precision) throws IOException {
        ModelSettings settings = new ModelSettings(TinyShapes.of(family), Optimizer.adamW()).withPrecision(precision);
        PaddedBatch batch = batch(family);
        try (DjlTrainingEngine without =
                        DjlTrainingEngine.start(new EngineSettings(1, Path.of("target", "engine")), false);
                DjlResidentModel emulated = without.load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5));
                DjlResidentModel exact = Engines.shared()
                        .load(settings.withPrecision(Precision.FP32), Attention.FUSED_FLOAT32, new InitialWeights(5))) {
            double weight = 1.0 / batch.selected().length;
            double distance = Math.abs(emulated.micro(batch, weight) - exact.micro(batch, weight));
            Parity.report(family + " " + precision + " emulated, loss", distance, 4 * ROUNDING);
            assertThat(distance).as("bfloat16 is not float32").isPositive();
            double worst = 0;
            for (int i = 0; i < exact.gradients().size(); i++) {
                worst = Math.max(
                        worst,
                        distance(emulated.gradients().get(i), exact.gradients().get(i)));
            }
            Parity.report(family + " " + precision + " emulated, worst gradient", worst, 32 * ROUNDING);
            assertThat(emulated.apply(1e-3)).isCloseTo(exact.apply(1e-3), within(0.02));
        }
    }

    @Test
    void attentionByPlainProductsIsThatOfTheFusedKernel() throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model =
                        Engines.shared().load(SETTINGS, Attention.PLAIN, TinyParityTest.weights(fixture))) {
            PaddedBatch batch = TinyParityTest.batch(fixture, true);
            double loss = model.micro(batch, 1.0 / batch.selected().length);
            Parity.report("tiny plain attention loss", Math.abs(loss - fixture.scalar("tdon.f64.loss")), 5e-6);
            Parity.report("tiny plain attention worst gradient", worstGradient(fixture, model), 3e-5);
        }
    }

    @Test
    void aPrecisionThatTheDeviceLacksIsRefusedByName() {
        assertThatThrownBy(() -> Engines.shared().load(SETTINGS.withPrecision(Precision.TF32), new InitialWeights(1)))
                .isInstanceOf(UnsupportedRecipeException.class)
                .hasMessageContaining("recipe.precision TF32")
                .hasMessageContaining("cpu");
    }

    @Test
    void anLstmHasNoResidualStream() {
        ModelSettings settings =
                new ModelSettings(TinyShapes.of(Family.LSTM), Optimizer.adamW()).withPrecision(Precision.BF16_RESIDUAL);
        assertThatThrownBy(() -> Engines.shared().load(settings, new InitialWeights(1)))
                .isInstanceOf(UnsupportedRecipeException.class)
                .hasMessage("recipe.precision BF16_RESIDUAL refused: LSTM has no residual stream; BF16 needs none");
    }

    private static double worstGradient(Fixture fixture, DjlResidentModel model) {
        List<TensorSpec> tensors = Networks.parameters(TinyParityTest.TINY);
        List<float[]> gradients = model.gradients();
        double worst = 0;
        for (int i = 0; i < tensors.size(); i++) {
            double[] reference =
                    fixture.values("tdon.f64.grad." + tensors.get(i).name());
            worst = Math.max(worst, Parity.relativeDistance(gradients.get(i), reference));
        }
        return worst;
    }

    private static double distance(float[] values, float[] reference) {
        double[] wide = new double[reference.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = reference[i];
        }
        return Parity.relativeDistance(values, wide);
    }
}
