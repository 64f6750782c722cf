package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.design.SizeLadder;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Sizes in a request: a ladder as {@code 5M..650M, 8}, or a list of numbers of parameters. */
final class SizesField {
    private SizesField() {}

    static List<ModelShape> read(String field, JsonNode json, Family family) {
        if (json.isTextual()) {
            return SizeLadder.parse(field, json.textValue(), family);
        }
        if (!json.isArray()) {
            throw new RefusedException(field, field + " must be a ladder as '5M..650M, 8' or a list, got " + json);
        }
        List<ModelShape> shapes = new ArrayList<>();
        JsonFields.Parts parts = new JsonFields.Parts();
        for (int i = 0; i < json.size(); i++) {
            String path = field + "[" + i + "]";
            String text = json.get(i).asText();
            parts.read(() -> SizeLadder.one(path, text, family)).ifPresent(shapes::add);
        }
        parts.check();
        return shapes;
    }
}
