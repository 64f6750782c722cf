package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** The modern block, encoder and decoder, with and without QK-norm, against plain loops in double precision. */
class ModernParityTest {
    /** Half a unit in the last place of bfloat16. */
    private static final double ROUNDING = 0x1p-9;

    static Stream<ModelShape> shapes() {
        return Stream.of(ModelShape.modern(2, 64, 4), ModelShape.modernCausal(2, 64, 4))
                .flatMap(shape -> Stream.of(shape, shape.withQkNorm()));
    }

    static Stream<ModelShape> smallShapes() {
        return Stream.of(Family.MODERN, Family.MODERN_CAUSAL)
                .map(family -> new ModelShape(family, 2, 24, 40, 3))
                .flatMap(shape -> Stream.of(shape, shape.withQkNorm()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void logitsAndLossAreThoseOfThePlainLoops(ModelShape shape) throws IOException {
        ModernScene scene = new ModernScene(shape);
        double[][] expected = scene.logits(scene.weights());
        for (Attention attention : Attention.values()) {
            try (DjlResidentModel model = load(scene, shape, attention, Precision.FP32)) {
                String what = what(shape) + " " + attention;
                float[] logits = model.logits(scene.batch());
                double worst = 0;
                for (int i = 0; i < logits.length; i++) {
                    boolean real = scene.batch().tokens()[i / Vocabulary.SIZE] != Vocabulary.PAD;
                    double distance = Math.abs(logits[i] - expected[i / Vocabulary.SIZE][i % Vocabulary.SIZE]);
                    worst = real ? Math.max(worst, distance) : worst;
                }
                Parity.report(what + " logits", worst, 5e-5);
                int places = scene.batch().selected().length;
                double loss = model.micro(scene.batch(), 1.0 / places);
                Parity.report(what + " loss", Math.abs(loss - scene.loss(scene.weights())), 5e-6);
                double mean = model.evaluate(scene.batch()).total() / places;
                Parity.report(what + " evaluated loss", Math.abs(mean - loss), 5e-6);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("smallShapes")
    void everyGradientIsTheSlopeOfThePlainLoopsLoss(ModelShape shape) throws IOException {
        ModernScene scene = new ModernScene(shape);
        try (DjlResidentModel model = load(scene, shape, Attention.FUSED_FLOAT32, Precision.FP32)) {
            model.micro(scene.batch(), 1.0 / scene.batch().selected().length);
            List<TensorSpec> tensors = Networks.parameters(shape);
            double worst = 0;
            for (int i = 0; i < tensors.size(); i++) {
                float[] gradient = model.gradients().get(i);
                worst = Math.max(worst, slopeDistance(scene, tensors.get(i).name(), gradient));
            }
            Parity.report(what(shape) + " worst gradient, relative", worst, 3e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Attention.class,
            names = {"FUSED", "FUSED_FLOAT32"})
    void bfloat16RoundsTheProductsAndNothingElse(Attention attention) throws IOException {
        for (ModelShape shape : shapes().toList()) {
            ModernScene scene = new ModernScene(shape);
            try (DjlResidentModel model = load(scene, shape, attention, Precision.BF16)) {
                double loss = model.micro(scene.batch(), 1.0 / scene.batch().selected().length);
                double distance = Math.abs(loss - scene.loss(scene.weights()));
                Parity.report(what(shape) + " bf16 loss " + attention, distance, 16 * ROUNDING);
                assertThat(distance).as("bfloat16 is not float32").isGreaterThan(5e-6);
            }
        }
    }

    /**
     * A random direction's slope by central differences against the gradient's, over the product of both lengths: a
     * gradient with permuted or transposed entries is off by about one over the root of their number.
     */
    private static double slopeDistance(ModernScene scene, String name, float[] gradient) {
        SplitMix64 random = SplitMix64.at(17, name.hashCode());
        double[] direction = new double[gradient.length];
        double length = 0;
        double norm = 0;
        double product = 0;
        for (int j = 0; j < gradient.length; j++) {
            direction[j] = 2 * random.nextUnit() - 1;
            length += direction[j] * direction[j];
            norm += (double) gradient[j] * gradient[j];
            product += gradient[j] * direction[j];
        }
        assertThat(norm).as("gradient of " + name).isPositive();
        double step = 1e-4 / Math.sqrt(length);
        double slope = (moved(scene, name, direction, step) - moved(scene, name, direction, -step)) / (2 * step);
        return Math.abs(slope - product) / Math.sqrt(norm * length);
    }

    private static double moved(ModernScene scene, String name, double[] direction, double step) {
        Map<String, double[]> tensors = new LinkedHashMap<>(scene.weights());
        double[] values = tensors.get(name).clone();
        for (int j = 0; j < values.length; j++) {
            values[j] += step * direction[j];
        }
        tensors.put(name, values);
        return scene.loss(tensors);
    }

    private static String what(ModelShape shape) {
        return shape.family() + (shape.normalisesQueriesAndKeys() ? " qk-norm" : "");
    }

    private static DjlResidentModel load(ModernScene scene, ModelShape shape, Attention attention, Precision precision)
            throws IOException {
        ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
        return Engines.shared().load(settings, attention, scene::read);
    }
}
