package org.plmfrontier.launcher.studyfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * YAML or JSON as a tree that knows the line of each of its fields. YAML 1.2's numbers without a point, as {@code 1e18}, are
 * numbers here too.
 *
 * @param lines path as in {@code shapes[2].heads} to line, counted from 1
 */
record PlacedTree(JsonNode root, Map<String, Integer> lines) {
    private static final Pattern EXPONENT = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)[eE][+-]?\\d+");

    /** Reads the one document of a parser. */
    static PlacedTree read(JsonParser parser) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new PlacedTree(JsonNodeFactory.instance.missingNode(), lines);
        }
        return new PlacedTree(value(parser, "", lines), lines);
    }

    /** Line of a field, or of the nearest one around it; 0 where there is none. */
    int line(String field) {
        String path = field;
        while (!path.isEmpty()) {
            Integer line = lines.get(path);
            if (line != null) {
                return line;
            }
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
        return 0;
    }

    private static JsonNode value(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path, lines);
            case START_ARRAY -> array(parser, path, lines);
            case VALUE_STRING -> text(parser.getText());
            default -> parser.readValueAsTree();
        };
    }

    private static ObjectNode object(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String field = path.isEmpty() ? name : path + "." + name;
            lines.put(field, parser.currentTokenLocation().getLineNr());
            parser.nextToken();
            object.set(name, value(parser, field, lines));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]", lines));
        }
        return array;
    }

    private static JsonNode text(String text) {
        return EXPONENT.matcher(text).matches()
                ? JsonNodeFactory.instance.numberNode(Double.parseDouble(text))
                : JsonNodeFactory.instance.textNode(text);
    }
}
