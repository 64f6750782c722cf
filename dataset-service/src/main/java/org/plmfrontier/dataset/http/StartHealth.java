package org.plmfrontier.dataset.http;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.plmfrontier.contracts.retry.StartupSequence;

/** Not ready while something is away that the service cannot begin without, with the reason. */
@Readiness
@ApplicationScoped
public class StartHealth implements HealthCheck {
    private final StartupSequence startup;

    public StartHealth(StartupSequence startup) {
        this.startup = startup;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("start").up();
        startup.notReadyReason().ifPresent(reason -> health.down().withData("reason", reason));
        return health.build();
    }
}
