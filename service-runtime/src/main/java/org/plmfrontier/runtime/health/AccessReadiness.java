package org.plmfrontier.runtime.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.plmfrontier.runtime.access.WriteAccess;

/** Not ready while nobody may write. */
@Readiness
@ApplicationScoped
public class AccessReadiness implements HealthCheck {
    private final ReasonCheck check;

    public AccessReadiness(WriteAccess access) {
        this.check = new ReasonCheck("access", access::notReadyReason);
    }

    @Override
    public HealthCheckResponse call() {
        return check.call();
    }
}
