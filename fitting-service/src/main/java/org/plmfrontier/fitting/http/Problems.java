package org.plmfrontier.fitting.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors to problem details. */
public final class Problems {
    @ServerExceptionMapper
    public Response refused(Refused refused) {
        return refused.problem().response();
    }

    /** A path, a method or a parameter that the service does not have. */
    @ServerExceptionMapper
    public Response web(WebApplicationException failure) {
        Response response = failure.getResponse();
        if (response.getStatus() < 400) {
            return response;
        }
        return Problem.of(response.getStatusInfo(), String.valueOf(failure.getMessage()), null)
                .response();
    }
}
