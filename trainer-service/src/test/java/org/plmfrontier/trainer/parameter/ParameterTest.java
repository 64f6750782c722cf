package org.plmfrontier.trainer.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.safetensors.Fixture;

class ParameterTest {
    @Test
    void namesShapesAndOrderAreFairEsms() throws JsonProcessingException {
        try (Fixture fixture = Fixture.open("tiny")) {
            List<String> expected = new ArrayList<>();
            for (JsonNode row : new ObjectMapper().readTree(fixture.metadata().get("weight_table"))) {
                List<Integer> shape = new ArrayList<>();
                row.get("shape").forEach(dimension -> shape.add(dimension.asInt()));
                expected.add(row.get("name").asText() + shape);
            }
            assertThat(Networks.parameters(ModelShape.esm2(2, 64, 4)))
                    .extracting(tensor -> tensor.name() + tensor.shape())
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void theTensorsHoldAsManyNumbersAsTheContractCounts() {
        for (ModelShape shape : NamedShapes.byName().values()) {
            long numbers = Networks.parameters(shape).stream()
                    .mapToLong(TensorSpec::size)
                    .sum();
            assertThat(numbers).isEqualTo(ParameterCount.of(shape).exact());
        }
    }

    @Test
    void theStateIsThreeTimesTheParametersAndTheStepCount() {
        StateLayout layout = Networks.state(ModelShape.esm2(1, 8, 2));
        assertThat(layout.all()).hasSize(3 * layout.parameters().size() + 1);
        assertThat(layout.all().getLast().name()).isEqualTo("adam.t");
        assertThat(layout.firstMoments().getFirst().name()).isEqualTo("adam.m.embed_tokens.weight");
    }

    @Test
    void weightsStartUniformWithinOneOverTheRootOfTheColumns() {
        InitialWeights weights = new InitialWeights(1);
        for (TensorSpec tensor : Networks.parameters(ModelShape.esm2(2, 64, 4))) {
            FloatBuffer values = weights.read(tensor).asFloatBuffer();
            double sum = 0;
            double squares = 0;
            double largest = 0;
            for (int i = 0; i < tensor.size(); i++) {
                sum += values.get(i);
                squares += values.get(i) * values.get(i);
                largest = Math.max(largest, Math.abs(values.get(i)));
            }
            if (tensor.shape().size() == 2) {
                double bound = 1 / Math.sqrt(tensor.shape().get(1));
                assertThat(largest).isBetween(0.99 * bound, bound);
                assertThat(squares / tensor.size()).isBetween(0.9 * bound * bound / 3, 1.1 * bound * bound / 3);
                assertThat(sum / tensor.size()).isBetween(-0.1 * bound, 0.1 * bound);
            } else {
                boolean norm = tensor.name().contains("norm") && tensor.name().endsWith("weight");
                assertThat(sum).isEqualTo(norm ? tensor.size() : 0);
            }
        }
    }

    @Test
    void matricesOfTheModernBlockStartNormalWithADeviationOfTwoHundredths() {
        InitialWeights weights = new InitialWeights(1);
        double squares = 0;
        double fourth = 0;
        double sum = 0;
        long numbers = 0;
        for (TensorSpec tensor : Networks.parameters(ModelShape.modern(2, 64, 4).withQkNorm())) {
            FloatBuffer values = weights.read(tensor).asFloatBuffer();
            for (int i = 0; i < tensor.size(); i++) {
                double value = values.get(i) / 0.02;
                if (tensor.shape().size() == 1) {
                    assertThat(values.get(i)).as(tensor.name()).isEqualTo(1);
                    continue;
                }
                sum += value;
                squares += value * value;
                fourth += value * value * value * value;
                numbers++;
            }
        }
        assertThat(sum / numbers).isBetween(-0.01, 0.01);
        assertThat(squares / numbers).isBetween(0.98, 1.02);
        assertThat(fourth / numbers)
                .as("a normal distribution's, not a uniform one's 1.8")
                .isBetween(2.9, 3.1);
    }

    @Test
    void weightsDependOnTheSeed() {
        TensorSpec tensor = Networks.parameters(ModelShape.esm2(1, 8, 2)).getFirst();
        assertThat(new InitialWeights(1).read(tensor)).isEqualTo(new InitialWeights(1).read(tensor));
        assertThat(new InitialWeights(1).read(tensor)).isNotEqualTo(new InitialWeights(2).read(tensor));
    }
}
