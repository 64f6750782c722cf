package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The script's optimiser step alone, fed with gradients from the fixture, against torch.optim in float64. */
class OptimizerParityTest {
    private static final int VALUES = 64;
    private static final int STEPS = 20;
    private static final String TENSOR = "layers.0.fc1.weight";
    /** fc1 is 32 x 8: room for the 64 numbers in its first 8 rows. */
    private static final ModelShape SHAPE = ModelShape.esm2(1, 8, 2);

    @ParameterizedTest
    @CsvSource({"adam_l2,L2,0.01", "adamw,DECOUPLED,0.01", "adam_nowd,L2,0", "adam_nowd,DECOUPLED,0"})
    void stepsAreThoseOfTorch(String name, Optimizer.Decay decay, double weightDecay) throws IOException {
        Optimizer optimizer = new Optimizer(decay, 0.9, 0.98, 1e-8, weightDecay, Double.MAX_VALUE);
        try (Fixture fixture = Fixture.open("optim");
                DjlResidentModel model = model(optimizer, fixture)) {
            double[] gradients = fixture.values("grads");
            double[] expected = fixture.values(name + ".f64.p");
            double worst = 0;
            for (int step = 0; step < STEPS; step++) {
                model.setGradient(place(), padded(gradients, step));
                model.apply(1e-3);
                float[] parameters = values(model, TENSOR);
                for (int i = 0; i < VALUES; i++) {
                    worst = Math.max(worst, Math.abs(parameters[i] - expected[step * VALUES + i]));
                }
            }
            Parity.report("optimiser " + name + " " + decay, worst, 1e-6);
            assertMoments(name, fixture, model);
        }
    }

    @Test
    void theGradientIsScaledDownToTheClipNormAndNeverUp() throws IOException {
        Optimizer clipped = new Optimizer(Optimizer.Decay.DECOUPLED, 0, 0, 1e6, 0, 0.5);
        try (Fixture fixture = Fixture.open("optim");
                DjlResidentModel model = model(clipped, fixture)) {
            float[] gradient = new float[4 * VALUES];
            gradient[0] = 3;
            gradient[1] = 4;
            model.setGradient(place(), gradient);
            float[] before = values(model, TENSOR);
            assertThat(model.apply(1e6)).isCloseTo(5, org.assertj.core.data.Offset.offset(1e-6));
            float[] after = values(model, TENSOR);
            assertThat(before[0] - after[0]).isCloseTo(0.3f, org.assertj.core.data.Offset.offset(1e-4f));
            assertThat(before[1] - after[1]).isCloseTo(0.4f, org.assertj.core.data.Offset.offset(1e-4f));
            gradient[0] = 0.3f;
            gradient[1] = 0;
            model.setGradient(place(), gradient);
            model.apply(1e6);
            assertThat(after[0] - values(model, TENSOR)[0]).isCloseTo(0.3f, org.assertj.core.data.Offset.offset(1e-4f));
        }
    }

    @Test
    void aGradientThatIsNoNumberChangesNothing() throws IOException {
        try (Fixture fixture = Fixture.open("optim");
                DjlResidentModel model = model(Optimizer.adamW(), fixture)) {
            float[] gradient = new float[4 * VALUES];
            gradient[3] = Float.NaN;
            model.setGradient(place(), gradient);
            float[] before = values(model, TENSOR);
            assertThat(model.apply(1e-3)).isNaN();
            assertThat(values(model, TENSOR)).isEqualTo(before);
            assertThat(values(model, "adam.t")).containsExactly(0f);
        }
    }

    private static void assertMoments(String name, Fixture fixture, DjlResidentModel model) throws IOException {
        for (String moment : List.of("m", "v")) {
            double[] expected = fixture.values(name + (moment.equals("m") ? ".exp_avg" : ".exp_avg_sq"));
            float[] own = values(model, "adam." + moment + "." + TENSOR);
            for (int i = 0; i < VALUES; i++) {
                assertThat((double) own[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
            }
        }
        assertThat(values(model, "adam.t")).containsExactly((float) STEPS);
    }

    private static DjlResidentModel model(Optimizer optimizer, Fixture fixture) throws IOException {
        return (DjlResidentModel) Engines.shared().load(new ModelSettings(SHAPE, optimizer), tensor -> {
            ByteBuffer values = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            if (tensor.name().equals(TENSOR)) {
                values.put(fixture.bytes("p0"));
            }
            return values.rewind();
        });
    }

    private static float[] padded(double[] gradients, int step) {
        float[] gradient = new float[4 * VALUES];
        for (int i = 0; i < VALUES; i++) {
            gradient[i] = (float) gradients[step * VALUES + i];
        }
        return gradient;
    }

    private static int place() {
        return Networks.state(SHAPE).parameters().stream()
                .map(TensorSpec::name)
                .toList()
                .indexOf(TENSOR);
    }

    private static float[] values(DjlResidentModel model, String name) throws IOException {
        List<float[]> found = new ArrayList<>();
        model.save((tensor, values) -> {
            if (tensor.name().equals(name)) {
                float[] copy = new float[tensor.size()];
                values.asFloatBuffer().get(copy);
                found.add(copy);
            }
        });
        return found.get(0);
    }
}
