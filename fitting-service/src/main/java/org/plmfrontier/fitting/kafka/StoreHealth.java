package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the database takes no events, with the reason. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {
    private final PatientStore store;

    public StoreHealth(PatientStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = store.trouble();
        return HealthCheckResponse.named("events reach the database")
                .status(trouble.isEmpty())
                .withData("reason", trouble.orElse(""))
                .build();
    }
}
