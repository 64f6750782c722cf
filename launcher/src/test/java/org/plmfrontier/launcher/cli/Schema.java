package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As much of JSON Schema as docs/fit.schema.json uses; a keyword that is not known here is an error. */
record Schema(JsonNode root) {
    private static final List<String> TELLING = List.of("$schema", "$id", "$defs", "title", "description");

    static Schema ofFit() throws IOException {
        Path file = Path.of("..", "docs", "fit.schema.json");
        return new Schema(new ObjectMapper().readTree(Files.readString(file)));
    }

    /** What of the value is not as the schema says, with its place. */
    List<String> violations(JsonNode value) {
        List<String> found = new ArrayList<>();
        check(root, value, "", found);
        return found;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> found) {
        schema.properties().forEach(rule -> {
            String keyword = rule.getKey();
            JsonNode wanted = rule.getValue();
            switch (keyword) {
                case "$ref" -> check(root.at(wanted.asText().substring(1)), value, at, found);
                case "type" -> type(wanted, value, at, found);
                case "enum" -> {
                    if (!contains(wanted, value)) {
                        found.add(at + " is " + value + ", not one of " + wanted);
                    }
                }
                case "required" ->
                    wanted.forEach(name -> {
                        if (!value.has(name.asText())) {
                            found.add(at + " lacks " + name);
                        }
                    });
                case "properties" ->
                    wanted.properties().forEach(property -> {
                        if (value.has(property.getKey())) {
                            check(
                                    property.getValue(),
                                    value.get(property.getKey()),
                                    at + "/" + property.getKey(),
                                    found);
                        }
                    });
                case "additionalProperties" ->
                    value.properties().forEach(member -> {
                        if (!schema.path("properties").has(member.getKey())) {
                            additional(wanted, member.getValue(), at + "/" + member.getKey(), found);
                        }
                    });
                case "items" -> {
                    for (int i = 0; i < value.size(); i++) {
                        check(wanted, value.get(i), at + "/" + i, found);
                    }
                }
                case "oneOf" -> oneOf(wanted, value, at, found);
                default -> {
                    if (!TELLING.contains(keyword)) {
                        throw new IllegalStateException("the schema uses " + keyword + ", which is not checked");
                    }
                }
            }
        });
    }

    private void additional(JsonNode wanted, JsonNode value, String at, List<String> found) {
        if (wanted.isObject()) {
            check(wanted, value, at, found);
        } else if (!wanted.asBoolean()) {
            found.add(at + " is not in the schema");
        }
    }

    private void oneOf(JsonNode choices, JsonNode value, String at, List<String> found) {
        List<String> all = new ArrayList<>();
        int fitting = 0;
        for (JsonNode choice : choices) {
            List<String> wrong = new ArrayList<>();
            check(choice, value, at, wrong);
            fitting += wrong.isEmpty() ? 1 : 0;
            all.addAll(wrong);
        }
        if (fitting != 1) {
            found.add(at + " fits " + fitting + " of " + choices.size() + " forms: " + all);
        }
    }

    private static void type(JsonNode wanted, JsonNode value, String at, List<String> found) {
        boolean fits = switch (wanted.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("type " + wanted);
        };
        if (!fits) {
            found.add(at + " is " + value.getNodeType() + ", not " + wanted);
        }
    }

    private static boolean contains(JsonNode choices, JsonNode value) {
        for (JsonNode choice : choices) {
            if (choice.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
