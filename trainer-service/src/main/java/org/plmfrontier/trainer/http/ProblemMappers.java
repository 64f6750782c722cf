package org.plmfrontier.trainer.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.plmfrontier.runtime.http.ProblemDetail;
import org.plmfrontier.trainer.huggingface.UnfitModelException;
import org.plmfrontier.trainer.model.NoSuchModelException;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** Every error that leaves the service is a problem detail. */
final class ProblemMappers {
    /** What failed may lie on the trainer's disk, of which answers say nothing. */
    private static final String FAILED = "the trainer failed; its log says how";

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response absent(NoSuchModelException e) {
        return ProblemDetail.of(Status.NOT_FOUND, String.valueOf(e.getMessage()))
                .response();
    }

    @ServerExceptionMapper
    Response unfit(UnfitModelException e) {
        return ProblemDetail.of(Status.BAD_REQUEST, String.valueOf(e.getMessage()))
                .in(e.file())
                .response();
    }

    @ServerExceptionMapper
    Response noTokens(TokenLogException e) {
        return ProblemDetail.of(Status.CONFLICT, String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        return ProblemDetail.of(e.getResponse().getStatusInfo(), String.valueOf(e.getMessage()))
                .response();
    }

    @ServerExceptionMapper
    Response disk(IOException e) {
        LOG.error("a request failed", e);
        return ProblemDetail.of(Status.INTERNAL_SERVER_ERROR, FAILED).response();
    }

    @ServerExceptionMapper
    Response other(RuntimeException e) {
        LOG.error("a request failed", e);
        return ProblemDetail.of(Status.INTERNAL_SERVER_ERROR, FAILED).response();
    }
}
