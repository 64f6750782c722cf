package org.plmfrontier.trainer.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the engine has passed its self-test and the broker answers. */
@Readiness
@ApplicationScoped
public class TrainerReadiness implements HealthCheck {
    private final Probes probes;

    TrainerReadiness(Probes probes) {
        this.probes = probes;
    }

    @Override
    public HealthCheckResponse call() {
        boolean engine = probes.engineWorks().getAsBoolean();
        boolean broker = brokerAnswers();
        return HealthCheckResponse.named("trainer")
                .status(engine && broker)
                .withData("engineSelfTest", engine)
                .withData("broker", broker)
                .build();
    }

    private boolean brokerAnswers() {
        try {
            return probes.brokerAnswers().call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            throw new IllegalStateException("the broker could not be asked", e);
        }
    }

    /**
     * What is asked.
     *
     * @param engineWorks whether the self-test passed
     * @param brokerAnswers whether the broker is reachable
     */
    public record Probes(BooleanSupplier engineWorks, Callable<Boolean> brokerAnswers) {}
}
