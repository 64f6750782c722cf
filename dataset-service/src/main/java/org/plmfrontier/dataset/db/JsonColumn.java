package org.plmfrontier.dataset.db;

import java.nio.charset.StandardCharsets;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;

/** Records as JSON text in a column. */
final class JsonColumn {
    private JsonColumn() {}

    static String write(Object value) {
        return new String(WireFormat.encode(value), StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException where the column holds no such record */
    static <T> T read(String json, Class<T> type) {
        try {
            return WireFormat.decode(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (UndecodableException e) {
            throw new IllegalStateException("a row of the database is not readable: " + e.getMessage(), e);
        }
    }
}
