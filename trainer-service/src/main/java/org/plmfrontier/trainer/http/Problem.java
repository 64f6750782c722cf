package org.plmfrontier.trainer.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it.
 *
 * @param type a name for the kind of problem
 * @param title the kind in words
 * @param detail what is wrong this time, one sentence
 * @param field part of the request that is to blame; absent where none is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {
    private static final MediaType MEDIA_TYPE = MediaType.valueOf("application/problem+json");

    static Response of(Response.StatusType status, Exception e, @Nullable String field) {
        return of(status, String.valueOf(e.getMessage()), field);
    }

    static Response of(Response.StatusType status, String detail, @Nullable String field) {
        Problem problem = new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, field);
        return Response.status(status).type(MEDIA_TYPE).entity(problem).build();
    }
}
