package org.plmfrontier.fitting.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.study.StudyArchive;
import org.plmfrontier.runtime.http.ProblemDetail;

/** Errors to problem details. */
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int RETRY_SECONDS = 10;

    @ServerExceptionMapper
    public Response refused(Refused refused) {
        return response(refused.problem());
    }

    /** A study evicted while the database is away. */
    @ServerExceptionMapper
    public Response notThere(StudyArchive.NotThereException failure) {
        return response(Refused.busy(String.valueOf(failure.getMessage())).problem());
    }

    /** Too many ask for fits that were let go. */
    @ServerExceptionMapper
    public Response busy(Refitter.BusyException failure) {
        return response(Refused.busy(String.valueOf(failure.getMessage())).problem());
    }

    /** The log has the failure with its trace, the client gets it without the inside of the service. */
    @ServerExceptionMapper
    public Response other(RuntimeException failure) {
        LOG.error("a request failed", failure);
        return ProblemDetail.of(Response.Status.INTERNAL_SERVER_ERROR, "the service failed; its log says why")
                .response();
    }

    /** What is over in a moment says when to ask again. */
    private static Response response(ProblemDetail problem) {
        return problem.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()
                        || problem.status() == Response.Status.TOO_MANY_REQUESTS.getStatusCode()
                ? problem.builder()
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .build()
                : problem.response();
    }

    /** A path, a method or a parameter that the service does not have. */
    @ServerExceptionMapper
    public Response web(WebApplicationException failure) {
        Response response = failure.getResponse();
        if (response.getStatus() < 400) {
            return response;
        }
        return ProblemDetail.of(response.getStatusInfo(), String.valueOf(failure.getMessage()))
                .response();
    }
}
