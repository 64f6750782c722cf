package org.plmfrontier.runtime.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.plmfrontier.runtime.access.WriteAccess;

/** Answers 401 to requests that change something and come from nobody who may. Thread-safe. */
@ApplicationScoped
public class WriteFilter {
    private final WriteAccess access;

    public WriteFilter(WriteAccess access) {
        this.access = access;
    }

    /** A problem detail; empty where the request may go on. */
    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext request) {
        return access.refusal(request.getMethod(), request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .map(reason ->
                        ProblemDetail.of(Response.Status.UNAUTHORIZED, reason).response());
    }
}
