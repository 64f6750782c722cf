package org.plmfrontier.runtime.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.plmfrontier.runtime.json.FieldProblem;
import org.plmfrontier.runtime.json.InvalidFieldsException;
import org.plmfrontier.runtime.turn.NoTurnException;

/** Refusals of this module to problem details. */
public final class RuntimeProblems {
    private static final int RETRY_SECONDS = 10;

    @ServerExceptionMapper
    public Response fields(InvalidFieldsException e) {
        FieldProblem first = e.problems().getFirst();
        return new ProblemDetail(
                        "about:blank",
                        "Bad Request",
                        400,
                        String.valueOf(e.getMessage()),
                        first.field().isEmpty() ? null : first.field(),
                        e.problems())
                .response()
                .build();
    }

    @ServerExceptionMapper
    public Response read(RefusedReadException e) {
        return e.problem().response().build();
    }

    /** 429 where too many ask, 503 where the answer took too long; nobody reads the one to a client that is gone. */
    @ServerExceptionMapper
    public Response turn(NoTurnException e) {
        boolean full = e.reason() == NoTurnException.Reason.FULL;
        return ProblemDetail.of(
                        full ? 429 : 503,
                        full ? "Too Many Requests" : "Service Unavailable",
                        String.valueOf(e.getMessage()))
                .response()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
