package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
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
    @EnumSource(Attention.class)
    void bfloat16RoundsTheProductsAndNothingElse(Attention attention) throws IOException {
        try (Fixture fixture = Fixture.open("tiny");
                DjlResidentModel model = Engines.shared()
                        .load(SETTINGS.withPrecision(Precision.BF16), attention, TinyParityTest.weights(fixture))) {
            PaddedBatch batch = TinyParityTest.batch(fixture, true);
            double loss = model.micro(batch, 1.0 / batch.selected().length);
            double distance = Math.abs(loss - fixture.scalar("tdon.f64.loss"));
            Parity.report("tiny bf16 loss " + attention, distance, 4 * ROUNDING);
            assertThat(distance).as("bfloat16 is not float32").isGreaterThan(5e-6);
            Parity.report("tiny bf16 worst gradient " + attention, worstGradient(fixture, model), 32 * ROUNDING);
        }
    }

    /** A processor without instructions for bfloat16 computes in float32 of rounded numbers. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void bfloat16IsRoundedWhereTheProcessorLacksIt(Family family) throws IOException {
        ModelSettings settings =
                new ModelSettings(TinyShapes.of(family), Optimizer.adamW()).withPrecision(Precision.BF16);
        PaddedBatch batch = PaddedBatch.of(
                Objective.of(family, Masking.BERT, 1)
                        .mask(Studies.records("c", 1, 6, 30, 3).get(0), 0),
                false);
        try (DjlTrainingEngine without =
                        DjlTrainingEngine.start(new EngineSettings(1, Path.of("target", "engine")), false);
                DjlResidentModel emulated = without.load(settings, Attention.FUSED_FLOAT32, new InitialWeights(5));
                DjlResidentModel exact = Engines.shared()
                        .load(settings.withPrecision(Precision.FP32), Attention.FUSED_FLOAT32, new InitialWeights(5))) {
            double weight = 1.0 / batch.selected().length;
            double distance = Math.abs(emulated.micro(batch, weight) - exact.micro(batch, weight));
            Parity.report(family + " bf16 emulated, loss", distance, 4 * ROUNDING);
            assertThat(distance).as("bfloat16 is not float32").isPositive();
            double worst = 0;
            for (int i = 0; i < exact.gradients().size(); i++) {
                worst = Math.max(
                        worst,
                        distance(emulated.gradients().get(i), exact.gradients().get(i)));
            }
            Parity.report(family + " bf16 emulated, worst gradient", worst, 32 * ROUNDING);
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
