package org.plmfrontier.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.plmfrontier.runtime.openapi.ApiWords.FieldWords;
import org.plmfrontier.runtime.openapi.ApiWords.TypeWords;

/**
 * Completes the OpenAPI document when a service is built: descriptions of types, fields, operations and parameters from their
 * Javadoc, which fields are always there and which may be null, names of nested types by the type around them, the problem that
 * every operation may answer with, and recorded examples.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentedApi implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI api) {
        ApiFiles files = new ApiFiles(Thread.currentThread().getContextClassLoader());
        ApiWords words = new ApiWords(files);
        ProblemResponse.addTo(api.getComponents());
        ApiSchemas schemas = new ApiSchemas(api);
        ApiSchemas.operations(api).forEach(operation -> describe(operation, words));
        Map<String, String> names = new TreeMap<>();
        schemas.named()
                .forEach((name, schema) -> type(name, schema, words).ifPresent(type -> {
                    names.put(name, type.name());
                    describe(schema, type);
                }));
        schemas.rename(names);
        JsonNode library = files.read("types");
        schemas.named().forEach((name, schema) -> {
            if (library.has(name)) {
                schema.setDescription(library.get(name).asText());
            }
        });
        schemas.named()
                .forEach((name, schema) ->
                        choose(name, schema, words, schemas.named().keySet()));
        schemas.removeUnused();
        ApiExamples examples = new ApiExamples(files, schemas.named());
        ApiSchemas.operations(api).forEach(examples::addTo);
        api.getComponents().getResponses().forEach((name, response) -> examples.addTo(response, name));
        examples.addToSchemas();
    }

    private static void describe(Operation operation, ApiWords words) {
        String id = operation.getOperationId();
        String said = words.operation(id);
        if (operation.getDescription() == null && !said.isEmpty()) {
            operation.setDescription(said);
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> {
                String meaning = words.parameter(id, parameter.getName());
                if (parameter.getDescription() == null && !meaning.isEmpty()) {
                    parameter.setDescription(meaning);
                }
            });
        }
        operation
                .getResponses()
                .addAPIResponse("default", OASFactory.createAPIResponse().ref(ProblemResponse.NAME));
    }

    private static Optional<TypeWords> type(String name, Schema schema, ApiWords words) {
        Set<String> members = new TreeSet<>();
        if (schema.getProperties() != null) {
            members.addAll(schema.getProperties().keySet());
        }
        if (schema.getEnumeration() != null) {
            schema.getEnumeration().forEach(value -> members.add(String.valueOf(value)));
        }
        return words.type(name, members);
    }

    private static void describe(Schema schema, TypeWords type) {
        if (schema.getDescription() == null && !type.description().isEmpty()) {
            schema.setDescription(type.description());
        }
        if (schema.getProperties() == null) {
            return;
        }
        Map<String, Schema> described = new TreeMap<>();
        List<String> required = new ArrayList<>();
        schema.getProperties().forEach((name, property) -> {
            FieldWords field = type.fields().get(name);
            described.put(name, field == null ? property : described(property, field));
            if (field != null && !field.nullable()) {
                required.add(name);
            }
        });
        schema.setProperties(described);
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static Schema described(Schema property, FieldWords field) {
        Schema typed = property;
        if (field.nullable() && property.getRef() != null) {
            typed = OASFactory.createSchema()
                    .anyOf(List.of(
                            OASFactory.createSchema().ref(property.getRef()),
                            OASFactory.createSchema().addType(Schema.SchemaType.NULL)));
        } else if (field.nullable()
                && property.getType() != null
                && !property.getType().contains(Schema.SchemaType.NULL)) {
            typed.addType(Schema.SchemaType.NULL);
        }
        if (typed.getDescription() == null && !field.description().isEmpty()) {
            typed.setDescription(field.description());
        }
        return typed;
    }

    /** A sealed type without fields is one of its choices, where the document knows them. */
    private static void choose(String name, Schema schema, ApiWords words, Set<String> known) {
        words.type(name, Set.of()).ifPresent(type -> {
            if (schema.getProperties() == null && !type.choices().isEmpty() && known.containsAll(type.choices())) {
                schema.setType(null);
                schema.setAnyOf(type.choices().stream()
                        .map(choice -> OASFactory.createSchema().ref(choice))
                        .toList());
            }
        });
    }
}
