package org.plmfrontier.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables 5 and 6 against integers computed from a peer implementation (flops-params.json, all shapes of Table 4). */
class GoldenCountsTest {
    private static final List<Integer> LENGTHS = List.of(325, 1024);

    static Stream<JsonNode> rows() throws IOException {
        try (InputStream in = GoldenCountsTest.class.getResourceAsStream("/flops-params.json")) {
            JsonNode rows = new ObjectMapper().readTree(in).get("rows");
            return StreamSupport.stream(rows.spliterator(), false);
        }
    }

    @Test
    void coversAllShapesOfTable4() throws IOException {
        assertThat(rows().map(row -> row.get("name").asText()))
                .containsExactlyElementsOf(Table4.byName().keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shapeEqualsTable4(JsonNode row) {
        ModelShape shape = shape(row);
        assertThat(shape.layers()).isEqualTo(row.get("layers").asInt());
        assertThat(shape.dModel()).isEqualTo(row.get("d").asInt());
        assertThat(shape.ffnSize()).isEqualTo(row.get("ffn").asInt());
        assertThat(shape.heads()).isEqualTo(row.get("heads").asInt());
        assertThat(shape.keySize()).isEqualTo(row.get("key").asInt());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void parametersEqualTable6AndThePeersOwnCount(JsonNode row) {
        ParameterCount count = ParameterCount.of(shape(row));
        assertThat(count.table6()).isEqualTo(row.get("N_table6").asLong());
        assertThat(count.exact()).isEqualTo(row.get("N_fairesm29").asLong());
        assertThat(count.nonEmbedding())
                .isEqualTo(count.table6() - 2L * 29 * shape(row).dModel());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void flopsEqualTable5TermByTerm(JsonNode row) {
        for (int length : LENGTHS) {
            JsonNode golden = row.get(Integer.toString(length));
            JsonNode parts = golden.get("parts");
            FlopCount count = FlopCount.forward(shape(row), length);
            assertThat(count.embedding()).isEqualTo(parts.get("emb").asLong());
            assertThat(count.layers().softmax()).isEqualTo(parts.get("softmax").asLong());
            assertThat(count.layers().attention())
                    .isEqualTo(parts.get("attn_mm").asLong());
            assertThat(count.layers().projections() + count.layers().feedForward())
                    .isEqualTo(parts.get("dense").asLong());
            assertThat(count.head()).isEqualTo(parts.get("head").asLong());
            assertThat(count.total()).isEqualTo(golden.get("table5_forward").asLong());
            assertThat(FlopCount.training(shape(row), SequenceLoad.padded(1, length)))
                    .isEqualTo(golden.get("table5_train").asLong());
            assertThat(FlopCount.sixNd(shape(row), length))
                    .isEqualTo(golden.get("six_n_d").asDouble());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void exactFlopsExceedTheMatrixProductsReallyCountedByLessThanThreePercent(JsonNode row) {
        for (int length : LENGTHS) {
            double measured = row.get(Integer.toString(length))
                    .get("measured_train_matmul")
                    .asDouble();
            double exact = FlopCount.training(shape(row), SequenceLoad.padded(1, length));
            assertThat(exact / measured).isBetween(1.0, 1.03);
        }
    }

    private static ModelShape shape(JsonNode row) {
        return Table4.byName().get(row.get("name").asText());
    }
}
