package org.plmfrontier.runtime.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.json.FieldProblem;

/**
 * An error as RFC 9457 has it.
 *
 * @param title the kind in words
 * @param detail what is wrong this time
 * @param field path of the field that is to blame, the first one of several; absent where none is
 * @param row line of the file that is to blame, counted from 1; absent where none is
 * @param errors all fields that are to blame; absent where none is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("type")
public record ProblemDetail(
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable Integer row,
        @Nullable List<FieldProblem> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final String NO_TYPE = "about:blank";

    /** The kind of problem has no name of its own. */
    @JsonProperty
    public String type() {
        return NO_TYPE;
    }

    /** Without anything to blame. */
    public static ProblemDetail of(Response.StatusType status, String detail) {
        return of(status.getStatusCode(), status.getReasonPhrase(), detail);
    }

    static ProblemDetail of(int status, String title, String detail) {
        return new ProblemDetail(title, status, detail, null, null, null);
    }

    /** The same, blaming a field; null blames none. */
    public ProblemDetail in(@Nullable String blamed) {
        return new ProblemDetail(title, status, detail, blamed, row, errors);
    }

    /** The same, blaming a line, counted from 1. */
    public ProblemDetail at(int line) {
        return new ProblemDetail(title, status, detail, field, line, errors);
    }

    /** The same, blaming several fields. */
    ProblemDetail in(List<FieldProblem> blamed) {
        String first = blamed.getFirst().field();
        return new ProblemDetail(title, status, detail, first.isEmpty() ? null : first, row, blamed);
    }

    public Response response() {
        return builder().build();
    }

    /** The response, to which headers can be added. */
    public Response.ResponseBuilder builder() {
        return Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this);
    }
}
