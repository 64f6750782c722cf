package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.stream.Collectors;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * Reads parts of a request so that whatever is wrong with one is said with its path. Fields that nobody knows are
 * refused.
 */
final class JsonFields {
    private final ObjectReader reader;

    JsonFields(ObjectMapper mapper) {
        this.reader = mapper.reader()
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    /** A record whose fields are all wanted. */
    <T> T whole(String path, JsonNode json, Class<T> type) {
        return read(reader, path, json, type);
    }

    /** A record whose absent fields are null. */
    <T> T partial(String path, JsonNode json, Class<T> type) {
        ObjectReader lenient = reader.without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
        return read(lenient, path, json, type);
    }

    private static <T> T read(ObjectReader reader, String path, JsonNode json, Class<T> type) {
        if (!json.isObject()) {
            throw new RefusedException(path, (path.isEmpty() ? "the request" : path) + " must be a JSON object");
        }
        try {
            return reader.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw new RefusedException(join(path, refused.field()), message(e));
            }
            throw new RefusedException(path(path, e), message(e));
        }
    }

    /** The sentence about what is wrong, without Java's part of it. */
    static String message(JsonProcessingException e) {
        Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException ? String.valueOf(cause.getMessage()) : e.getOriginalMessage();
    }

    /** Path of the field that an error is about, below a given path. */
    static String path(String prefix, JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return prefix;
        }
        String inner = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return join(prefix, inner.startsWith(".") ? inner.substring(1) : inner);
    }

    private static String join(String prefix, String inner) {
        return prefix.isEmpty() || inner.isEmpty() || inner.startsWith("[") ? prefix + inner : prefix + "." + inner;
    }
}
