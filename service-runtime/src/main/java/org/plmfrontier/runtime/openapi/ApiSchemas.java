package org.plmfrontier.runtime.openapi;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The schemas of a document: where they are used, and how they are named. */
final class ApiSchemas {
    static final String PREFIX = "#/components/schemas/";

    private final OpenAPI api;

    ApiSchemas(OpenAPI api) {
        this.api = api;
    }

    Map<String, Schema> named() {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        return schemas == null ? Map.of() : schemas;
    }

    /** The name that a schema refers to; empty where it stands for itself. */
    static String referred(Schema schema) {
        String reference = schema.getRef();
        return reference == null ? "" : reference.substring(reference.lastIndexOf('/') + 1);
    }

    static Stream<Operation> operations(OpenAPI api) {
        return api.getPaths().getPathItems().values().stream().flatMap(path -> path.getOperations().values().stream());
    }

    /** All schemas are named anew; of two that get one name, which are the same type, the first stays. */
    void rename(Map<String, String> names) {
        everywhere().forEach(schema -> {
            String name = referred(schema);
            if (!name.isEmpty()) {
                schema.setRef(PREFIX + names.getOrDefault(name, name));
            }
        });
        Map<String, Schema> renamed = new TreeMap<>();
        named().forEach((name, schema) -> renamed.putIfAbsent(names.getOrDefault(name, name), schema));
        api.getComponents().setSchemas(renamed);
    }

    /** Schemas that nothing of the document refers to are taken out. */
    void removeUnused() {
        Set<String> used = new TreeSet<>();
        Deque<Schema> open = new ArrayDeque<>(roots().toList());
        while (!open.isEmpty()) {
            Schema schema = open.pop();
            String name = referred(schema);
            if (!name.isEmpty() && used.add(name)) {
                Schema meant = named().get(name);
                if (meant != null) {
                    open.push(meant);
                }
            }
            open.addAll(parts(schema).toList());
        }
        Map<String, Schema> kept = new LinkedHashMap<>(named());
        kept.keySet().retainAll(used);
        api.getComponents().setSchemas(kept);
    }

    private Stream<Schema> everywhere() {
        return Stream.concat(roots(), named().values().stream()).flatMap(ApiSchemas::withParts);
    }

    private static Stream<Schema> withParts(Schema schema) {
        return Stream.concat(Stream.of(schema), parts(schema).flatMap(ApiSchemas::withParts));
    }

    /** The schemas that a schema is made of, references not followed. */
    private static Stream<Schema> parts(Schema schema) {
        return Stream.of(
                        schema.getProperties() == null
                                ? Stream.<Schema>empty()
                                : schema.getProperties().values().stream(),
                        Stream.ofNullable(schema.getItems()),
                        Stream.ofNullable(schema.getAdditionalPropertiesSchema()),
                        each(schema.getAllOf()),
                        each(schema.getAnyOf()),
                        each(schema.getOneOf()))
                .flatMap(one -> one);
    }

    private static Stream<Schema> each(@Nullable List<Schema> schemas) {
        return schemas == null ? Stream.empty() : schemas.stream();
    }

    /** Schemas of requests, responses and parameters. */
    private Stream<Schema> roots() {
        Map<String, APIResponse> common = api.getComponents().getResponses();
        Stream<Content> shared =
                common == null ? Stream.empty() : common.values().stream().map(APIResponse::getContent);
        Stream<Schema> ofParameters = operations(api)
                .map(Operation::getParameters)
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .map(Parameter::getSchema);
        Stream<Schema> ofContents = Stream.concat(shared, operations(api).flatMap(ApiSchemas::contents))
                .filter(Objects::nonNull)
                .flatMap(content -> content.getMediaTypes().values().stream())
                .map(MediaType::getSchema);
        return Stream.concat(ofParameters, ofContents).filter(Objects::nonNull);
    }

    /** What an operation takes and answers; an element is null where a response has no body. */
    private static Stream<Content> contents(Operation operation) {
        Stream<Content> request = operation.getRequestBody() == null
                ? Stream.empty()
                : Stream.ofNullable(operation.getRequestBody().getContent());
        return Stream.concat(
                request,
                operation.getResponses().getAPIResponses().values().stream()
                        .map(APIResponse::getContent)
                        .filter(Objects::nonNull));
    }
}
