package org.plmfrontier.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of a request as records. Everything that is missing, unknown or wrong is reported at once, with its path, what
 * was given and what is allowed. A field may be absent exactly where its component may be null. Fields that nobody knows are
 * refused, since a typing error would else change the result in silence. Thread-safe.
 */
public final class RequestRecords {
    private final ObjectMapper mapper;
    private final ObjectReader reader;

    public RequestRecords(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = mapper.reader()
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
    }

    /**
     * Reads a record.
     *
     * @param path where the JSON stands in the request; empty for the whole of it
     * @param json null where the request has no body
     * @throws InvalidFieldsException with everything that is wrong
     */
    public <T> T read(String path, @Nullable JsonNode json, Class<T> type) {
        List<FieldProblem> problems = new ArrayList<>();
        new FieldCheck(mapper, reader, problems).check(path, json, type);
        if (!problems.isEmpty()) {
            throw new InvalidFieldsException(problems);
        }
        try {
            return reader.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new InvalidFieldsException(List.of(FieldCheck.problem(path, json, type, e)));
        }
    }
}
