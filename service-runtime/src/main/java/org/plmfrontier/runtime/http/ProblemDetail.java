package org.plmfrontier.runtime.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.json.FieldProblem;

/**
 * An error as RFC 9457 has it.
 *
 * @param type a name for the kind of problem
 * @param title the kind in words
 * @param detail what is wrong this time
 * @param field path of the first field that is to blame; absent where none is
 * @param errors all fields that are to blame; absent where none is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemDetail(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable List<FieldProblem> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** Without a field to blame. */
    static ProblemDetail of(int status, String title, String detail) {
        return new ProblemDetail("about:blank", title, status, detail, null, null);
    }

    Response.ResponseBuilder response() {
        return Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this);
    }
}
