package org.plmfrontier.trainer.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
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
        return Problem.of(Status.NOT_FOUND, e, null);
    }

    @ServerExceptionMapper
    Response unfit(UnfitModelException e) {
        return Problem.of(Status.BAD_REQUEST, e, e.file());
    }

    @ServerExceptionMapper
    Response noTokens(TokenLogException e) {
        return Problem.of(Status.CONFLICT, e, null);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        return Problem.of(e.getResponse().getStatusInfo(), e, null);
    }

    @ServerExceptionMapper
    Response disk(IOException e) {
        LOG.error("a request failed", e);
        return Problem.of(Status.INTERNAL_SERVER_ERROR, FAILED, null);
    }

    @ServerExceptionMapper
    Response other(RuntimeException e) {
        LOG.error("a request failed", e);
        return Problem.of(Status.INTERNAL_SERVER_ERROR, FAILED, null);
    }
}
