package org.plmfrontier.fitting.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.plmfrontier.fitting.study.StudyArchive;

/** Errors to problem details. */
public final class Problems {
    @ServerExceptionMapper
    public Response refused(Refused refused) {
        return refused.problem().response();
    }

    /** A study at rest while the database is away. */
    @ServerExceptionMapper
    public Response notThere(StudyArchive.NotThereException failure) {
        return Refused.busy(String.valueOf(failure.getMessage())).problem().response();
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
