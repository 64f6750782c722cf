package org.plmfrontier.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where two objects differ, each place by its path. Lists of named things, such as variables, are compared by name. */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** Places as {@code /path: expected, but actual}; empty where the objects are equal. */
    static List<String> between(JsonNode expected, JsonNode actual) {
        Differences differences = new Differences();
        differences.compare("", expected, actual);
        return List.copyOf(differences.found);
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            compareFields(path, fields(expected), fields(actual));
        } else if (expected.isArray() && actual.isArray() && isNamed(expected) && isNamed(actual)) {
            compareFields(path, byName(expected), byName(actual));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "/" + i, expected.path(i), actual.path(i));
            }
        } else if (!expected.equals(actual)) {
            found.add(path + ": " + text(expected) + ", but " + text(actual));
        }
    }

    private void compareFields(String path, Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            compare(path + "/" + name, get(expected, name), get(actual, name));
        }
    }

    private static JsonNode get(Map<String, JsonNode> fields, String name) {
        return Objects.requireNonNullElse(fields.get(name), MissingNode.getInstance());
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.propertyStream().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static boolean isNamed(JsonNode list) {
        Stream<String> names =
                list.valueStream().map(entry -> entry.path("name").asText());
        List<String> all = names.toList();
        return !all.contains("") && Set.copyOf(all).size() == all.size();
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        list.forEach(entry -> entries.put(entry.path("name").asText(), entry));
        return entries;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
