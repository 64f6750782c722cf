package org.plmfrontier.trainer.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the engine has passed its self-test, the broker answers and nothing holds the present job up. */
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
        Optional<String> trouble = probes.trouble().get();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("trainer")
                .status(engine && broker && trouble.isEmpty())
                .withData("engineSelfTest", engine)
                .withData("broker", broker);
        trouble.ifPresent(reason -> response.withData("trouble", reason));
        return response.build();
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
     * @param trouble what keeps the present job from being done, where something does
     */
    public record Probes(
            BooleanSupplier engineWorks, Callable<Boolean> brokerAnswers, Supplier<Optional<String>> trouble) {}
}
