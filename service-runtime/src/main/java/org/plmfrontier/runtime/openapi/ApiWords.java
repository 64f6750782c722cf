package org.plmfrontier.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Javadoc says of types and operations, as {@code src/build/java/ApiDescriptions.java} wrote it down. */
final class ApiWords {
    private final JsonNode types;
    private final JsonNode operations;
    private final JsonNode commonFields;
    private final JsonNode commonParameters;

    /**
     * The words.
     *
     * @param files where {@code descriptions} lies, and beside it {@code fields} and {@code parameters}: what names mean that
     *     many types and operations have, for those whose Javadoc says nothing of them
     */
    ApiWords(ApiFiles files) {
        JsonNode descriptions = files.read("descriptions");
        this.types = descriptions.path("types");
        this.operations = descriptions.path("operations");
        this.commonFields = files.read("fields");
        this.commonParameters = files.read("parameters");
    }

    /**
     * A property of a type.
     *
     * @param description empty where nothing is said
     */
    record FieldWords(String description, boolean nullable) {}

    /**
     * A type.
     *
     * @param name which no other type has
     * @param choices of a sealed interface, by their names; empty for others
     */
    record TypeWords(String name, String description, Map<String, FieldWords> fields, List<String> choices) {}

    /**
     * The type of a schema.
     *
     * @param schema its name, with the number that tells it apart from others of its name
     * @param members names of its properties, or constants of an enum; types of one name that have all of them alike are one schema
     */
    Optional<TypeWords> type(String schema, Set<String> members) {
        JsonNode named = types.path(schema);
        if (named.isMissingNode()) {
            named = types.path(schema.replaceFirst("\\d+$", ""));
        }
        List<JsonNode> fitting = new ArrayList<>();
        for (JsonNode type : named) {
            if (members(type).equals(members)) {
                fitting.add(type);
            }
        }
        if (!fitting.isEmpty()) {
            return Optional.of(words(fitting.getLast()));
        }
        return named.size() == 1 ? Optional.of(words(named.get(0))) : Optional.empty();
    }

    private static Set<String> members(JsonNode type) {
        Set<String> members = new TreeSet<>();
        type.path("fields").fieldNames().forEachRemaining(members::add);
        type.path("constants").forEach(constant -> members.add(constant.asText()));
        return members;
    }

    private TypeWords words(JsonNode type) {
        String name = type.path("name").asText();
        Map<String, FieldWords> fields = new LinkedHashMap<>();
        type.path("fields").properties().forEach(field -> {
            String said = field.getValue().path("description").asText();
            JsonNode narrow = commonFields.path(name + "." + field.getKey());
            String common = (narrow.isMissingNode() ? commonFields.path(field.getKey()) : narrow).asText();
            fields.put(
                    field.getKey(),
                    new FieldWords(
                            said.isEmpty() ? common : said,
                            field.getValue().path("nullable").asBoolean()));
        });
        List<String> choices = new ArrayList<>();
        type.path("choices").forEach(choice -> choices.add(choice.asText()));
        return new TypeWords(name, type.path("description").asText(), fields, choices);
    }

    /** What is said of an operation; empty where nothing is. */
    String operation(String id) {
        return operations.path(id).path("description").asText();
    }

    /** What is said of a parameter of an operation; empty where nothing is. */
    String parameter(String operation, String name) {
        String own = operations.path(operation).path("parameters").path(name).asText();
        if (!own.isEmpty()) {
            return own;
        }
        String narrow = commonParameters.path(operation + "." + name).asText();
        return narrow.isEmpty() ? commonParameters.path(name).asText() : narrow;
    }
}
