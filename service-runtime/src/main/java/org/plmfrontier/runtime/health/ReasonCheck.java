package org.plmfrontier.runtime.health;

import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Down while there is a reason, which it gives as {@code reason}.
 *
 * @param reason why the service is not of use, one line; empty where it is
 */
record ReasonCheck(String name, Supplier<Optional<String>> reason) implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named(name).up();
        reason.get().ifPresent(sentence -> health.down().withData("reason", sentence));
        return health.build();
    }
}
