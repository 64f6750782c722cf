package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/openapi says what each operation, parameter and schema is, with an example that fits its schema. Unknown fields do not fit: an
 * object has the properties of its schema and no others.
 */
class ApiExamplesTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static int validated;

    static Stream<Place> operations() {
        return Project.SERVICES.stream().flatMap(service -> {
            JsonNode api = ApiDocument.of(service).json();
            return api.path("paths")
                    .propertyStream()
                    .flatMap(path -> path.getValue()
                            .propertyStream()
                            .filter(method -> METHODS.contains(method.getKey()))
                            .map(method ->
                                    new Place(service, method.getKey() + " " + path.getKey(), method.getValue())));
        });
    }

    static Stream<Place> schemas() {
        return Project.SERVICES.stream()
                .flatMap(service -> ApiDocument.of(service)
                        .json()
                        .at("/components/schemas")
                        .propertyStream()
                        .map(schema -> new Place(service, schema.getKey(), schema.getValue())));
    }

    /** A part of a document. */
    record Place(String service, String name, JsonNode node) {
        @Override
        public String toString() {
            return service + ": " + name;
        }
    }

    @AfterAll
    static void sayHowMany() {
        System.out.println("examples of docs/openapi that were validated: " + validated);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationAndItsParametersAreDescribed(Place operation) {
        assertThat(operation.node().path("operationId").asText()).isNotBlank();
        assertThat(operation.node().path("summary").asText()).isNotBlank();
        assertThat(operation.node().path("description").asText()).isNotBlank();
        assertThat(operation.node().path("parameters").valueStream())
                .allSatisfy(
                        parameter -> assertThat(parameter.path("description").asText())
                                .as(parameter.path("name").asText())
                                .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationHasExamplesOfWhatItTakesAndAnswers(Place operation) {
        contents(operation.node()).forEach((where, content) -> {
            assertThat(content.has("schema")).as("schema of %s", where).isTrue();
            if (content.at("/schema/format").asText().equals("binary") && !where.endsWith("csv")) {
                return;
            }
            assertThat(content.has("example")).as("example of %s", where).isTrue();
            assertFits(operation.service(), content.path("schema"), content.path("example"), where);
        });
    }

    /** Of requests and of responses that are no problem, by a name for messages. */
    private static Map<String, JsonNode> contents(JsonNode operation) {
        Map<String, JsonNode> contents = new LinkedHashMap<>();
        operation
                .at("/requestBody/content")
                .propertyStream()
                .forEach(content -> contents.put("request, " + content.getKey(), content.getValue()));
        operation
                .path("responses")
                .propertyStream()
                .forEach(response -> response.getValue()
                        .path("content")
                        .propertyStream()
                        .forEach(content -> contents.put(
                                "response " + response.getKey() + ", " + content.getKey(), content.getValue())));
        return contents;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchemaIsDescribedAndHasAnExample(Place schema) {
        assertThat(schema.name()).doesNotMatch(".*\\d$");
        assertThat(schema.node().path("description").asText()).isNotBlank();
        assertThat(schema.node().path("examples")).isNotEmpty();
        schema.node()
                .path("examples")
                .forEach(example ->
                        assertFits(schema.service(), ApiDocument.reference(schema.name()), example, schema.toString()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyFieldOfASchemaIsDescribed(Place schema) {
        assertThat(schema.node().path("properties").propertyStream())
                .allSatisfy(
                        field -> assertThat(field.getValue().path("description").asText())
                                .as(field.getKey())
                                .isNotBlank());
    }

    @Test
    void operationIdsAreTheirOwn() {
        for (String service : Project.SERVICES) {
            assertThat(operations()
                            .filter(operation -> operation.service().equals(service))
                            .map(operation ->
                                    operation.node().path("operationId").asText()))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anExampleThatDoesNotFitIsFound() throws Exception {
        JsonNode schema = ApiDocument.reference("CommandRequest");
        ApiDocument api = ApiDocument.of("dataset-service");
        ObjectMapper json = new ObjectMapper();
        JsonNode right = json.readTree("{\"action\": \"STOP\", \"reason\": \"maintenance\", \"by\": \"me\"}");
        assertThat(api.problems(schema, right)).isEmpty();
        assertThat(api.problems(schema, json.readTree("{\"action\": \"STOP\", \"by\": \"me\"}")))
                .isNotEmpty();
        assertThat(api.problems(schema, ((ObjectNode) right.deepCopy()).put("action", "HALT")))
                .isNotEmpty();
        assertThat(api.problems(schema, ((ObjectNode) right.deepCopy()).put("why", "x")))
                .isNotEmpty();
    }

    private static void assertFits(String service, JsonNode schema, JsonNode example, String where) {
        assertThat(ApiDocument.of(service).problems(schema, example))
                .as("example of %s", where)
                .isEmpty();
        validated++;
    }
}
