package org.plmfrontier.runtime.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a request.
 *
 * @param field its path, as in {@code shapes[2].heads}; empty for the request as a whole
 * @param detail one sentence, with the path
 * @param given what stands there as JSON, cut where it is long; null where nothing does
 * @param allowed what may stand there; null where that is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldProblem(
        String field,
        String detail,
        @Nullable String given,
        @Nullable String allowed) {
    public FieldProblem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(detail, "detail");
    }
}
