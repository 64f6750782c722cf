package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.design.Amount;
import org.plmfrontier.dataset.refusal.RefusedException;

/** A list of amounts in a request: numbers, or texts such as {@code 20M}. */
final class AmountField {
    private AmountField() {}

    /** The amounts of a field; none where it is absent. */
    static List<Double> readAll(String field, @Nullable JsonNode json) {
        List<Double> read = new ArrayList<>();
        if (json == null || json.isNull() || json.isMissingNode()) {
            return read;
        }
        if (!json.isArray()) {
            throw new RefusedException(field, field + " must be a list, got " + json);
        }
        JsonFields.Parts parts = new JsonFields.Parts();
        for (int i = 0; i < json.size(); i++) {
            String path = field + "[" + i + "]";
            JsonNode value = json.get(i);
            parts.read(() -> one(path, value)).ifPresent(read::add);
        }
        parts.check();
        return read;
    }

    private static double one(String path, JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isTextual()) {
            return Amount.parse(path, value.textValue());
        }
        throw new RefusedException(path, path + " must be a number such as 20000000 or '20M', got " + value);
    }
}
