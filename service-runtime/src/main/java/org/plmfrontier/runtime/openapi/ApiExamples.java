package org.plmfrontier.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Examples: what a suite was asked and answered, in one file per operation, {@code examples/<operationId>.json}, with
 * {@code request} and {@code response}, each by media type. A schema's example is the fullest value of it that stands in these.
 */
final class ApiExamples {
    private final ApiFiles files;
    private final Map<String, Schema> schemas;
    private final Map<String, JsonNode> fullest = new HashMap<>();

    ApiExamples(ApiFiles files, Map<String, Schema> schemas) {
        this.files = files;
        this.schemas = schemas;
    }

    /** Gives an operation its examples, and remembers what they show of schemas. */
    void addTo(Operation operation) {
        JsonNode recorded = files.read("examples/" + operation.getOperationId());
        if (operation.getRequestBody() != null) {
            add(operation.getRequestBody().getContent(), recorded.path("request"));
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                add(response.getContent(), recorded.path("response"));
            }
        });
    }

    /** Gives a response that operations share its example. */
    void addTo(APIResponse response, String name) {
        add(response.getContent(), files.read("examples/" + name).path("response"));
    }

    private void add(@Nullable Content content, JsonNode byMediaType) {
        if (content == null) {
            return;
        }
        content.getMediaTypes().forEach((media, shown) -> {
            JsonNode value = byMediaType.path(media);
            if (!value.isMissingNode()) {
                shown.setExample(ApiFiles.plain(value));
                see(value, shown);
            }
        });
    }

    private void see(JsonNode value, MediaType shown) {
        if (shown.getSchema() != null) {
            see(value, shown.getSchema());
        }
    }

    private void see(JsonNode value, Schema schema) {
        String name = ApiSchemas.referred(schema);
        if (!name.isEmpty()) {
            if (!value.isNull()) {
                fullest.merge(name, value, (one, other) -> known(other) > known(one) ? other : one);
            }
            Schema meant = schemas.get(name);
            if (meant != null) {
                see(value, meant);
            }
            return;
        }
        if (value.isArray() && schema.getItems() != null) {
            value.forEach(element -> see(element, schema.getItems()));
        }
        if (value.isObject()) {
            value.properties().forEach(field -> seeField(schema, field));
        }
        choices(schema).filter(choice -> fits(value, choice)).forEach(choice -> see(value, choice));
    }

    private void seeField(Schema schema, Map.Entry<String, JsonNode> field) {
        Schema known =
                schema.getProperties() == null ? null : schema.getProperties().get(field.getKey());
        Schema any = known == null ? schema.getAdditionalPropertiesSchema() : known;
        if (any != null) {
            see(field.getValue(), any);
        }
    }

    private static Stream<Schema> choices(Schema schema) {
        return Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream);
    }

    /** Whether an object has no field that a choice does not know. */
    private boolean fits(JsonNode value, Schema choice) {
        Schema meant = schemas.getOrDefault(ApiSchemas.referred(choice), choice);
        return !value.isObject()
                || meant.getProperties() == null
                || value.properties().stream()
                        .allMatch(field -> meant.getProperties().containsKey(field.getKey()));
    }

    private static long known(JsonNode value) {
        return value.isValueNode()
                ? 1
                : value.valueStream()
                        .filter(one -> !one.isNull() && !(one.isContainerNode() && one.isEmpty()))
                        .count();
    }

    /** Gives every schema its example; {@code schemas} is a file of what the answers of operations do not show. */
    void addToSchemas() {
        files.read("schemas")
                .properties()
                .forEach(stated ->
                        see(stated.getValue(), OASFactory.createSchema().ref(stated.getKey())));
        schemas.forEach((name, schema) -> {
            JsonNode example = fullest.get(name);
            if (example != null) {
                schema.setExamples(List.of(ApiFiles.plain(example)));
            }
        });
    }
}
