package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;
import org.plmfrontier.dataset.source.Credentials;
import org.plmfrontier.runtime.http.ProblemDetail;
import org.plmfrontier.runtime.json.JsonSyntax;

/** Every error that leaves the service is a problem detail. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        return ProblemDetail.of(Status.BAD_REQUEST, message(e)).in(e.field()).response();
    }

    @ServerExceptionMapper
    Response conflict(ConflictException e) {
        return ProblemDetail.of(Status.CONFLICT, message(e)).response();
    }

    @ServerExceptionMapper
    Response unknown(UnknownException e) {
        return ProblemDetail.of(Status.NOT_FOUND, message(e)).response();
    }

    @ServerExceptionMapper
    Response json(MismatchedInputException e) {
        return ProblemDetail.of(Status.BAD_REQUEST, JsonSyntax.sentence(e)).response();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        String detail = e.getCause() instanceof JsonProcessingException json ? JsonSyntax.sentence(json) : message(e);
        return ProblemDetail.of(e.getResponse().getStatusInfo(), detail).response();
    }

    /** A place where sources lie did not answer as it should. */
    @ServerExceptionMapper
    Response unreachable(IOException e) {
        return ProblemDetail.of(Status.BAD_GATEWAY, message(e)).response();
    }

    @ServerExceptionMapper
    Response other(RuntimeException e) {
        LOG.error("a request failed", e);
        return ProblemDetail.of(Status.INTERNAL_SERVER_ERROR, "the service failed: " + message(e))
                .response();
    }

    private static String message(Exception e) {
        return Credentials.hiddenIn(String.valueOf(e.getMessage()));
    }
}
