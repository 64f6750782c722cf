package org.plmfrontier.dataset.db;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.plmfrontier.contracts.wire.WireFormat;

/** Records as JSON text in a column. Fields that came after a row was written are absent there: null, 0 or false. */
final class JsonColumn {
    private static final JsonMapper READER = WireFormat.configure(JsonMapper.builder())
            .disable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private JsonColumn() {}

    static String write(Object value) {
        return new String(WireFormat.encode(value), StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException where the column holds no such record */
    static <T> T read(String json, Class<T> type) {
        try {
            return READER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of the database is not readable: " + e.getMessage(), e);
        }
    }
}
