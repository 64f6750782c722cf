package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;

/** docs/asyncapi.yaml and docs/openapi against the code. */
class ApiDocumentsTest {
    private static final JsonNode ASYNC = Manifests.parse(Project.read(Project.ROOT.resolve("docs/asyncapi.yaml")))
            .getFirst();

    private static final Map<String, Class<? extends Record>> RECORDS = Stream.of(
                    BatchJob.class,
                    RunSpec.class,
                    RunSpec.Budget.class,
                    ModelShape.class,
                    CorpusRef.class,
                    Recipe.class,
                    RunCommand.class,
                    TrainingEvent.RunPlanned.class,
                    TrainingEvent.StepCompleted.class,
                    TrainingEvent.SliceCompleted.class,
                    TrainingEvent.HeldOutEvaluated.class,
                    TrainingEvent.RunStateChanged.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    static Stream<String> records() {
        return RECORDS.keySet().stream().sorted();
    }

    static Iterable<String> services() {
        return Project.SERVICES;
    }

    @Test
    void channelsAreTheTopics() {
        assertThat(ASYNC.path("channels")
                        .valueStream()
                        .map(channel -> channel.path("address").asText()))
                .containsExactlyInAnyOrder(
                        Topics.tokens("{corpus}"),
                        Topics.heldOut("{corpus}"),
                        Topics.JOBS,
                        Topics.EVENTS,
                        Topics.CHECKPOINTS,
                        Topics.COMMANDS,
                        Topics.FRONTIER,
                        Topics.CORPUS_EVENTS,
                        Topics.deadLetters(Topics.JOBS),
                        Topics.deadLetters(Topics.EVENTS),
                        Topics.deadLetters(Topics.COMMANDS));
    }

    @Test
    void partitionsAndPoliciesAreThoseOfTheCluster() {
        Manifests manifests = Manifests.of("prod");
        manifests.all("KafkaTopic").forEach(topic -> {
            JsonNode binding = ASYNC.path("channels")
                    .valueStream()
                    .filter(channel -> channel.path("address").asText().equals(Manifests.name(topic)))
                    .map(channel -> channel.at("/bindings/kafka"))
                    .findFirst()
                    .orElseThrow();
            assertThat(binding.path("partitions")).isEqualTo(topic.at("/spec/partitions"));
            String documented = binding.path("topicConfiguration").toString().replaceAll("[\\[\\]]", "");
            assertThat(documented).isEqualTo(topic.at("/spec/config").toString());
        });
    }

    @ParameterizedTest
    @MethodSource("records")
    void schemasHaveTheFieldsOfTheirRecords(String name) {
        JsonNode schema = ASYNC.at("/components/schemas/" + name);
        RecordComponent[] components = Objects.requireNonNull(RECORDS.get(name)).getRecordComponents();
        assertThat(schema.path("properties").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(
                        Arrays.stream(components).map(RecordComponent::getName).toList());
        assertThat(schema.path("required").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Arrays.stream(components)
                        .filter(component -> component.getAnnotatedType().getAnnotations().length == 0)
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void headersAreThoseThatTheCodeWrites() {
        TrainingEvent event = new TrainingEvent.RunStateChanged(
                "s", "r", RunState.TRAINING, 1, "", Instant.parse("2026-01-01T00:00:00Z"));
        Map<String, byte[]> headers = EventFormat.headers(event, "/test");
        assertThat(required("CloudEventHeaders")).containsExactlyInAnyOrderElementsOf(headers.keySet());
        assertThat(ASYNC.at("/components/messages/RunStateChanged/headers/allOf/1/properties/ce_type/const")
                        .asText())
                .isEqualTo(
                        new String(Objects.requireNonNull(headers.get(EventFormat.TYPE)), StandardCharsets.US_ASCII));
        TokenBatch batch = new TokenBatch("c", 0, new byte[] {1, 2}, new int[] {2});
        assertThat(required("TokenBatchHeaders"))
                .containsExactlyInAnyOrderElementsOf(batch.headers().keySet());
    }

    @Test
    void referencesPointSomewhere() {
        assertThat(ASYNC.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(ASYNC.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @ParameterizedTest
    @MethodSource("services")
    void openApiFilesAreWhatTheServicesAnswer(String service) {
        Path built = Project.ROOT.resolve(service).resolve("target/openapi/openapi.yaml");
        assumeTrue(Files.exists(built), service + " is not packaged, so its OpenAPI document is not there to compare");
        assertThat(Project.ROOT.resolve("docs/openapi/" + service + ".yaml"))
                .as("copy %s there after a change that is meant", built)
                .hasSameTextualContentAs(built);
    }

    private static Iterable<String> required(String schema) {
        return ASYNC.at("/components/schemas/" + schema + "/required")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }
}
