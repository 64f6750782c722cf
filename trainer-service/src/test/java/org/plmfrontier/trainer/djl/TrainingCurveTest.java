package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.Fixture;

/** 200 steps of training against fair-esm with torch's optimisers. */
class TrainingCurveTest {
    private static final int STEPS = 200;
    private static final int ROWS = 16;
    private static final int COLUMNS = 48;

    @ParameterizedTest
    @CsvSource({
        "adam_l2,L2,true,1",
        "adamw,DECOUPLED,true,1",
        "adam_l2_notokdrop,L2,false,1",
        "adam_l2_decay,L2,true,0.999"
    })
    void theLossFollowsThePeerStepByStep(String curve, Optimizer.Decay decay, boolean tokenDropout, double factor)
            throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(Fixture.path("train-curve.json").toFile())
                .at("/curves/" + curve + "/loss_f64");
        Optimizer optimizer = new Optimizer(decay, 0.9, 0.98, 1e-8, 0.01, Double.MAX_VALUE);
        Schedule schedule = new Schedule.TokenDecay(1e-3, factor, 1000);
        double[] worst = new double[STEPS];
        try (Fixture fixture = Fixture.open("train-curve");
                DjlResidentModel model = (DjlResidentModel) Engines.shared()
                        .load(new ModelSettings(TinyParityTest.TINY, optimizer), tensor -> start(fixture, tensor))) {
            int[] tokens = fixture.integers("tokens");
            int[] labels = fixture.integers("labels");
            long seen = 0;
            for (int step = 0; step < STEPS; step++) {
                int[] stepTokens = slice(tokens, step);
                PaddedBatch batch = ReferenceBatch.of(ROWS, stepTokens, slice(labels, step), tokenDropout);
                double loss = model.micro(batch, 1.0 / batch.selected().length);
                model.apply(schedule.learningRate(seen));
                seen += Arrays.stream(stepTokens).filter(token -> token != 0).count();
                double distance = Math.abs(loss - expected.get(step).asDouble());
                worst[step] = Math.max(distance, step == 0 ? 0 : worst[step - 1]);
            }
            Parity.report("curve " + curve + " loss, 10 steps", worst[9], 2e-5);
            Parity.report("curve " + curve + " loss, 50 steps", worst[49], 1e-4);
            Parity.report("curve " + curve + " loss, 200 steps", worst[STEPS - 1], 2e-3);
            Parity.report("curve " + curve + " weights after 200", weightDistance(model, fixture, curve), 5e-4);
            assertThat(model.gradients())
                    .allSatisfy(gradient -> assertThat(gradient).containsOnly(0f));
        }
    }

    private static double weightDistance(DjlResidentModel model, Fixture fixture, String curve) throws IOException {
        Map<String, float[]> weights = new HashMap<>();
        model.save((tensor, values) -> {
            float[] copy = new float[tensor.size()];
            values.asFloatBuffer().get(copy);
            weights.put(tensor.name(), copy);
        });
        double difference = 0;
        double norm = 0;
        for (TensorSpec tensor : Networks.parameters(TinyParityTest.TINY)) {
            double[] reference = fixture.values(curve + ".step200." + tensor.name());
            float[] own = weights.get(tensor.name());
            for (int i = 0; i < reference.length; i++) {
                difference += (own[i] - reference[i]) * (own[i] - reference[i]);
                norm += reference[i] * reference[i];
            }
        }
        return Math.sqrt(difference / norm);
    }

    private static ByteBuffer start(Fixture fixture, TensorSpec tensor) {
        return tensor.name().startsWith("adam.")
                ? ByteBuffer.allocate((int) tensor.bytes())
                : fixture.bytes("init." + tensor.name());
    }

    private static int[] slice(int[] values, int step) {
        return Arrays.copyOfRange(values, step * ROWS * COLUMNS, (step + 1) * ROWS * COLUMNS);
    }
}
