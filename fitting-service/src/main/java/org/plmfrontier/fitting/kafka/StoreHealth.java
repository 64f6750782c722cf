package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while events do not come from the broker or do not get into the database, with the reason. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {
    private final RetryingStore store;
    private final EventReader reader;

    public StoreHealth(RetryingStore store, EventReader reader) {
        this.store = store;
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> notReadyReason = store.notReadyReason().or(reader::notReadyReason);
        return HealthCheckResponse.named("events reach the database")
                .status(notReadyReason.isEmpty())
                .withData("reason", notReadyReason.orElse(""))
                .build();
    }
}
