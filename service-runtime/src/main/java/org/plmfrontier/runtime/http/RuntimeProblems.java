package org.plmfrontier.runtime.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.plmfrontier.runtime.disk.NoRoomException;
import org.plmfrontier.runtime.json.InvalidFieldsException;
import org.plmfrontier.runtime.turn.NoTurnException;

/** Refusals of this module to problem details. */
public final class RuntimeProblems {
    private static final int RETRY_SECONDS = 10;

    @ServerExceptionMapper
    public Response fields(InvalidFieldsException e) {
        return ProblemDetail.of(400, "Bad Request", String.valueOf(e.getMessage()))
                .in(e.problems())
                .response();
    }

    @ServerExceptionMapper
    public Response read(RefusedReadException e) {
        return e.problem().response();
    }

    /** 413 where it never fits, 503 where it may later, 507 where somebody has to make room. */
    @ServerExceptionMapper
    public Response room(NoRoomException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case TOO_LARGE ->
                ProblemDetail.of(413, "Request Entity Too Large", detail)
                        .in("body")
                        .response();
            case BUSY -> ProblemDetail.of(503, "Service Unavailable", detail).response();
            case FULL -> ProblemDetail.of(507, "Insufficient Storage", detail).response();
        };
    }

    /** 429 where too many ask, 503 where the answer took too long; nobody reads the one to a client that is gone. */
    @ServerExceptionMapper
    public Response turn(NoTurnException e) {
        boolean full = e.reason() == NoTurnException.Reason.FULL;
        return ProblemDetail.of(
                        full ? 429 : 503,
                        full ? "Too Many Requests" : "Service Unavailable",
                        String.valueOf(e.getMessage()))
                .builder()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
