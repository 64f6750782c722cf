package org.plmfrontier.trainer.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.plmfrontier.contracts.access.WriteAccess;

/** Keeps requests that change something to those who may make them; not ready while nobody may. */
@Default
@Readiness
@ApplicationScoped
public class WriteGate implements HealthCheck {
    private final WriteAccess access;

    public WriteGate(WriteAccess access) {
        this.access = access;
    }

    /** 401 as a problem detail, or nothing. */
    @ServerRequestFilter
    public Optional<Response> check(ContainerRequestContext request) {
        return access.refusal(request.getMethod(), request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .map(reason ->
                        Problem.of(Response.Status.UNAUTHORIZED, new NotAuthorizedException(reason, "Bearer"), null));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("access").up();
        access.notReadyReason().ifPresent(reason -> health.down().withData("reason", reason));
        return health.build();
    }
}
