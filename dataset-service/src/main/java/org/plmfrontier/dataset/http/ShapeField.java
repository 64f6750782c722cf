package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.dataset.refusal.RefusedException;

/** A shape in a request: an object, or the name of one. */
final class ShapeField {
    private ShapeField() {}

    static ModelShape read(String path, JsonNode json, JsonFields fields) {
        if (json.isTextual()) {
            return named(path, json.textValue());
        }
        requireDivisible(path, json);
        return fields.read(path, json, ModelShape.class);
    }

    /** All shapes of a list; none where it is absent. */
    static List<ModelShape> readAll(String field, @Nullable List<JsonNode> shapes, JsonFields fields) {
        List<ModelShape> read = new ArrayList<>();
        JsonFields.Parts parts = new JsonFields.Parts();
        int index = 0;
        for (JsonNode shape : shapes == null ? List.<JsonNode>of() : shapes) {
            String path = field + "[" + index + "]";
            parts.read(() -> read(path, shape, fields)).ifPresent(read::add);
            index++;
        }
        parts.check();
        return read;
    }

    private static ModelShape named(String path, String name) {
        ModelShape shape = NamedShapes.byName().get(name);
        if (shape == null) {
            throw new RefusedException(
                    path,
                    "unknown shape '" + name + "'; known are "
                            + NamedShapes.byName().keySet());
        }
        return shape;
    }

    private static void requireDivisible(String path, JsonNode json) {
        String family = json.path("family").asText();
        boolean rotary = Stream.of(Family.values())
                .filter(known -> known.name().equals(family))
                .allMatch(known -> known.architecture().rotary());
        if (!rotary) {
            return;
        }
        int width = json.path("dModel").asInt();
        int heads = json.path("heads").asInt();
        if (width > 0 && heads > 0 && (width % heads != 0 || width / heads % 2 != 0)) {
            throw new RefusedException(
                    path + ".dModel",
                    "dModel " + width + " must be divisible by heads " + heads + " into an even key size");
        }
    }
}
