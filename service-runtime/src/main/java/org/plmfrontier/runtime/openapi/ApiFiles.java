package org.plmfrontier.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** JSON files below {@code META-INF/openapi}, of the service and of what all services have in common. */
final class ApiFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClassLoader resources;

    ApiFiles(ClassLoader resources) {
        this.resources = resources;
    }

    /** A file by its name without ending; missing where there is none. */
    JsonNode read(String name) {
        try (InputStream file = resources.getResourceAsStream("META-INF/openapi/" + name + ".json")) {
            return file == null ? MissingNode.getInstance() : JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("META-INF/openapi/" + name + ".json cannot be read", e);
        }
    }

    /** A value as maps, lists and scalars, of which the document is made. */
    static Object plain(JsonNode value) {
        return JSON.convertValue(value, Object.class);
    }
}
