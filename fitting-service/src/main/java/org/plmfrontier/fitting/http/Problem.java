package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 says it.
 *
 * @param field the parameter or column to blame; left out where none is
 * @param row the line of the file to blame; left out where none is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable Integer row) {
    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    static Problem of(Response.StatusType status, String detail, @Nullable String field) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, field, null);
    }

    /** The same, blaming a line. */
    Problem at(int line) {
        return new Problem(type, title, status, detail, field, line);
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
