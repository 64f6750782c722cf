package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;

/** docs/asyncapi.yaml and docs/openapi against the code. */
class ApiDocumentsTest {
    private static final JsonNode ASYNC = Manifests.parse(Project.read(Project.ROOT.resolve("docs/asyncapi.yaml")))
            .getFirst();

    /** What the topics carry; everything that these are made of is found from here. */
    private static final WireTypes TYPES = WireTypes.reachableFrom(
            BatchJob.class, TrainingEvent.class, ProvisionalSteps.class, RunCommand.class, EvaluationJob.class);

    static Stream<Class<?>> records() {
        return TYPES.records();
    }

    static Stream<Class<?>> choices() {
        return TYPES.choices();
    }

    static Stream<Class<?>> events() {
        return Arrays.stream(TrainingEvent.class.getPermittedSubclasses());
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
                        Topics.PROGRESS,
                        Topics.CHECKPOINTS,
                        Topics.COMMANDS,
                        Topics.FRONTIER,
                        Topics.FORECASTS,
                        Topics.CORPUS_EVENTS,
                        Topics.EVALUATION_JOBS,
                        Topics.EVALUATION_DATA + "{digest}",
                        Topics.deadLetters(Topics.JOBS),
                        Topics.deadLetters(Topics.EVALUATION_JOBS),
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

    @Test
    void typesOfEveryKindAreFound() {
        assertThat(records()).hasSizeGreaterThan(15).contains(TrainingEvent.CheckpointRefused.class, LossPart.class);
        assertThat(choices()).contains(Schedule.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void schemasHaveTheFieldsOfTheirRecords(Class<?> type) {
        JsonNode schema = schema(type);
        List<String> kind = TYPES.kind(type).stream().map(name -> "kind").toList();
        RecordComponent[] components = type.getRecordComponents();
        assertThat(schema.path("properties").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(
                        Stream.concat(kind.stream(), Arrays.stream(components).map(RecordComponent::getName))
                                .toList());
        assertThat(schema.path("required").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Stream.concat(
                                kind.stream(),
                                Arrays.stream(components)
                                        .filter(component ->
                                                component.getAnnotatedType().getAnnotations().length == 0)
                                        .map(RecordComponent::getName))
                        .toList());
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        TYPES.kind(type)
                .ifPresent(name ->
                        assertThat(schema.at("/properties/kind/const").asText()).isEqualTo(name));
    }

    @ParameterizedTest
    @MethodSource("records")
    void fieldsReferToTheSchemasOfTheirTypes(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode property = schema(type).at("/properties/" + component.getName());
            Class<?> held = WireTypes.elementType(component);
            if (TYPES.contains(held)) {
                assertThat(property.findValuesAsText("$ref"))
                        .as("%s.%s", type.getSimpleName(), component.getName())
                        .containsExactly("#/components/schemas/" + held.getSimpleName());
            } else if (property.has("enum")) {
                assertThat(property.path("enum").valueStream().map(JsonNode::asText))
                        .as("%s.%s", type.getSimpleName(), component.getName())
                        .containsExactlyElementsOf(Arrays.stream(held.getEnumConstants())
                                .map(Object::toString)
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void oneOfIsThePermittedTypes(Class<?> type) {
        assertThat(schema(type)
                        .path("oneOf")
                        .valueStream()
                        .map(one -> one.path("$ref").asText()))
                .containsExactlyElementsOf(Arrays.stream(type.getPermittedSubclasses())
                        .map(one -> "#/components/schemas/" + one.getSimpleName())
                        .toList());
    }

    @Test
    void theTopicOfEventsCarriesEveryPermittedEventAndNoOther() {
        assertThat(ASYNC.at("/channels/events/messages").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(events().map(Class::getSimpleName).toList());
    }

    /** A value that is no such event is refused under the name of the event that the reader takes it for. */
    @ParameterizedTest
    @MethodSource("events")
    void theTypeOfAnEventIsTheOneThatReadersKnow(Class<?> event) {
        String name = event.getSimpleName();
        JsonNode message = ASYNC.at("/components/messages/" + name);
        assertThat(message.at("/payload/$ref").asText()).isEqualTo("#/components/schemas/" + name);
        byte[] type =
                message.at("/headers/allOf/1/properties/ce_type/const").asText().getBytes(StandardCharsets.US_ASCII);
        byte[] json = "application/json".getBytes(StandardCharsets.US_ASCII);
        byte[] value = "{}".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(
                        () -> EventFormat.decode(Map.of(EventFormat.TYPE, type, EventFormat.CONTENT_TYPE, json), value))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("no " + name + ":");
    }

    @Test
    void headersAreThoseThatTheCodeWrites() {
        TrainingEvent event = new TrainingEvent.RunStateChanged(
                "s", "r", RunState.TRAINING, 1, "", Instant.parse("2026-01-01T00:00:00Z"));
        Map<String, byte[]> headers = EventFormat.headers(event, "/test");
        assertThat(required("CloudEventHeaders")).containsExactlyInAnyOrderElementsOf(headers.keySet());
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

    private static JsonNode schema(Class<?> type) {
        JsonNode schema = ASYNC.at("/components/schemas/" + type.getSimpleName());
        assertThat(schema.isMissingNode()).as("schema %s", type.getSimpleName()).isFalse();
        return schema;
    }

    private static Iterable<String> required(String schema) {
        return ASYNC.at("/components/schemas/" + schema + "/required")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }
}
