package org.plmfrontier.runtime.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One operation of an OpenAPI document.
 *
 * @param bodies media types of the body, each with the names of its fields; none where it has no body
 */
record Operation(
        String method, String path, List<String> inPath, List<String> inQuery, Map<String, Collection<String>> bodies) {

    static List<Operation> of(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        operations.add(of(document, path, method));
                    }
                }));
        return operations;
    }

    private static Operation of(
            JsonNode document, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> method) {
        List<String> inPath = new ArrayList<>();
        List<String> inQuery = new ArrayList<>();
        for (JsonNode place : List.of(path.getValue(), method.getValue())) {
            for (JsonNode parameter : place.path("parameters")) {
                switch (parameter.path("in").asText()) {
                    case "path" -> inPath.add(parameter.path("name").asText());
                    case "query" -> inQuery.add(parameter.path("name").asText());
                    default -> {}
                }
            }
        }
        Map<String, Collection<String>> bodies = new LinkedHashMap<>();
        method.getValue()
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(content -> bodies.put(
                        content.getKey().startsWith("*") ? "application/json" : content.getKey(),
                        fields(document, content.getValue().path("schema"))));
        return new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), inPath, inQuery, bodies);
    }

    private static List<String> fields(JsonNode document, JsonNode schema) {
        JsonNode known =
                schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        List<String> names = new ArrayList<>();
        known.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
