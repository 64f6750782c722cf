package org.plmfrontier.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The OpenAPI document of a service in docs/openapi, and what fits its schemas. Unknown fields do not: an object has the properties
 * of its schema and no others. Thread-safe.
 */
final class ApiDocument {
    private static final Map<String, ApiDocument> READ = new ConcurrentHashMap<>();

    private final JsonNode api;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private ApiDocument(JsonNode api) {
        this.api = api;
    }

    static ApiDocument of(String service) {
        return READ.computeIfAbsent(
                service,
                name -> new ApiDocument(
                        Manifests.parse(Project.read(Project.ROOT.resolve("docs/openapi/" + name + ".yaml")))
                                .getFirst()));
    }

    JsonNode json() {
        return api;
    }

    /** A schema that is another one of the document. */
    static JsonNode reference(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    /** What does not fit; empty where all does. */
    List<String> problems(JsonNode schema, JsonNode value) {
        return compiled.computeIfAbsent(schema, this::compile).validate(value.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.putArray("allOf").add(schema.deepCopy());
        whole.set("components", api.path("components").deepCopy());
        close(whole);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString());
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::close);
    }
}
