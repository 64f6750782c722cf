package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.runtime.json.FieldProblem;
import org.plmfrontier.runtime.json.InvalidFieldsException;
import org.plmfrontier.runtime.json.RequestRecords;

/** Reads parts of a request so that whatever is wrong with all of them is said at once, each with its path. */
final class JsonFields {
    private final RequestRecords records;

    JsonFields(ObjectMapper mapper) {
        this.records = new RequestRecords(mapper);
    }

    /**
     * A record; fields may be absent where its components may be null.
     *
     * @param json null where the request has no body
     * @throws InvalidFieldsException with everything that is wrong
     */
    <T> T read(String path, @Nullable JsonNode json, Class<T> type) {
        return records.read(path, json, type);
    }

    /** Collects what is wrong with several parts of one request. Not thread-safe. */
    static final class Parts {
        private final List<FieldProblem> problems = new ArrayList<>();

        /** What the part gives; empty where it is refused, which is kept. */
        <T> Optional<T> read(Supplier<T> part) {
            try {
                return Optional.of(part.get());
            } catch (InvalidFieldsException e) {
                problems.addAll(e.problems());
            } catch (RefusedException e) {
                problems.add(new FieldProblem(e.field(), String.valueOf(e.getMessage()), null, null));
            }
            return Optional.empty();
        }

        /** Throws where anything was refused; of each field what was found first. */
        void check() {
            Map<String, FieldProblem> first = new LinkedHashMap<>();
            problems.forEach(problem -> first.putIfAbsent(problem.field(), problem));
            if (!first.isEmpty()) {
                throw new InvalidFieldsException(List.copyOf(first.values()));
            }
        }
    }
}
