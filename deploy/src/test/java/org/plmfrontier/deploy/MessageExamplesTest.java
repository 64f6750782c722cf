package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;

/** The examples of docs/asyncapi.yaml: each message has one, which fits its schema and is read by what reads the topic. */
class MessageExamplesTest {
    private static final JsonNode ASYNC = Manifests.parse(Project.read(Project.ROOT.resolve("docs/asyncapi.yaml")))
            .getFirst();
    private static final Path GOLDEN = Project.ROOT.resolve("contracts/src/test/resources/wire-v1");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> messages() {
        return ASYNC.at("/components/messages").propertyStream().map(Map.Entry::getKey);
    }

    static Stream<String> golden() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    static Stream<String> events() {
        return ASYNC.at("/channels/events/messages").propertyStream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageHasAnExampleThatFitsItsSchema(String message) {
        List<JsonNode> examples = examples(message);
        assertThat(examples).isNotEmpty();
        for (JsonNode example : examples) {
            JsonNode declared = message(message);
            assertThat(problems(declared.path("payload"), example.path("payload")))
                    .isEmpty();
            assertThat(example.has("headers")).isEqualTo(declared.has("headers"));
            if (declared.has("headers")) {
                assertThat(problems(declared.path("headers"), example.path("headers")))
                        .isEmpty();
            }
        }
    }

    /** So that the test above can fail. */
    @Test
    void whatDoesNotFitIsFound() {
        JsonNode event = message("StepCompleted");
        ObjectNode payload =
                examples("StepCompleted").getFirst().path("payload").deepCopy();
        assertThat(problems(event.path("payload"), payload.deepCopy().put("lossNats", "2.7")))
                .hasSize(1);
        assertThat(problems(event.path("payload"), payload.deepCopy().put("loss", 2.7)))
                .hasSize(1);
        payload.remove("at");
        assertThat(problems(event.path("payload"), payload)).hasSize(1);
        ObjectNode headers =
                examples("StepCompleted").getFirst().path("headers").deepCopy();
        assertThat(problems(event.path("headers"), headers.put("ce_type", "other")))
                .isNotEmpty();
    }

    /** What version 1 has written is what the document shows, but for further plans, of other schedules. */
    @ParameterizedTest
    @MethodSource("golden")
    void whatWasWrittenIsShown(String name) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String word : name.replaceAll("-[0-9]$", "").split("-", -1)) {
            message.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        JsonNode written = JSON.readTree(GOLDEN.resolve(name + ".json").toFile());
        assertThat(problems(message(message.toString()).path("payload"), written))
                .isEmpty();
        if (!name.matches(".*-[2-9]")) {
            assertThat(examples(message.toString()).getFirst().path("payload").toString())
                    .isEqualTo(written.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsReadAsTheMessageThatItIsShownFor(String message) throws Exception {
        for (JsonNode example : examples(message)) {
            TrainingEvent read = EventFormat.decode(headers(example), value(example.path("payload")));
            assertThat(read.getClass().getSimpleName()).isEqualTo(message);
            assertThat(example.at("/headers/ce_subject").asText()).isEqualTo(read.runId());
        }
    }

    @Test
    void aTokenBatchIsReadWithItsChecksum() {
        JsonNode example = examples("TokenBatch").getFirst();
        byte[] tokens = example.path("payload").asText().getBytes(StandardCharsets.ISO_8859_1);
        TokenBatch batch = TokenBatch.decode(headers(example), tokens);
        assertThat(batch.lengths()).containsExactly(7, 7);
        assertThat(tokens).startsWith(Vocabulary.START).endsWith(Vocabulary.END);
        assertThat(new TreeMap<>(batch.headers())).usingRecursiveComparison().isEqualTo(headers(example));
    }

    @Test
    void anEvaluationJobIsRead() throws Exception {
        EvaluationJob job =
                WireFormat.decode(value(examples("EvaluationJob").getFirst().path("payload")), EvaluationJob.class);
        assertThat(job.evaluation().name()).isEqualTo("blat");
    }

    @Test
    void aPublishedFrontierIsWhatRestAnswers() {
        ApiDocument rest = ApiDocument.of("fitting-service");
        JsonNode answered =
                rest.json().at("/paths/~1studies~1{id}~1frontier/get/responses/200/content/application~1json/schema");
        assertThat(answered.isMissingNode()).isFalse();
        assertThat(rest.problems(answered, examples("Frontier").getFirst().path("payload")))
                .isEmpty();
    }

    private static JsonNode message(String name) {
        JsonNode message = ASYNC.at("/components/messages/" + name);
        assertThat(message.isMissingNode()).as(name).isFalse();
        return message;
    }

    private static List<JsonNode> examples(String message) {
        return message(message).path("examples").valueStream().toList();
    }

    private static byte[] value(JsonNode payload) {
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> headers(JsonNode example) {
        Map<String, byte[]> headers = new TreeMap<>();
        example.path("headers")
                .propertyStream()
                .forEach(header ->
                        headers.put(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.US_ASCII)));
        return headers;
    }

    private static List<String> problems(JsonNode schema, JsonNode value) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.putArray("allOf").add(schema.deepCopy());
        whole.set("components", ASYNC.path("components").deepCopy());
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString())
                .validate(value.toString(), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
