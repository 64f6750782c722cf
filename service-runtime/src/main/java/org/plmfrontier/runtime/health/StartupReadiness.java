package org.plmfrontier.runtime.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.plmfrontier.runtime.retry.StartupSequence;

/** Not ready while something is away that the service needs to start; services that start at once have no such check. */
public final class StartupReadiness implements HealthCheck {
    private final ReasonCheck check;

    public StartupReadiness(StartupSequence startup) {
        this.check = new ReasonCheck("start", startup::notReadyReason);
    }

    @Override
    public HealthCheckResponse call() {
        return check.call();
    }
}
