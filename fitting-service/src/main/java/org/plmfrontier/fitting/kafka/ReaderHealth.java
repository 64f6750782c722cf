package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once the thread that reads the log has ended: a restart mends that, and only that. */
@Liveness
@ApplicationScoped
public class ReaderHealth implements HealthCheck {
    private final EventReader reader;

    public ReaderHealth(EventReader reader) {
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("the log is being read")
                .status(!reader.hasEnded())
                .build();
    }
}
