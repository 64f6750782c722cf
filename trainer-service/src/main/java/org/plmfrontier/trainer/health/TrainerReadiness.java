package org.plmfrontier.trainer.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready when the engine has passed its self-test, the broker answers, checkpoints can be written and nothing holds the
 * present job up.
 */
@Readiness
@ApplicationScoped
public class TrainerReadiness implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(TrainerReadiness.class);

    private final Probes probes;
    private final AtomicReference<Optional<String>> logged = new AtomicReference<>(Optional.empty());

    TrainerReadiness(Probes probes) {
        this.probes = probes;
    }

    @Override
    public HealthCheckResponse call() {
        boolean engine = probes.engineWorks().getAsBoolean();
        Optional<String> broker = brokerReason();
        Optional<String> notReadyReason = probes.notReadyReason().get();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("trainer")
                .status(engine && broker.isEmpty() && notReadyReason.isEmpty())
                .withData("engineSelfTest", engine)
                .withData("broker", broker.orElse("answers"));
        notReadyReason.ifPresent(reason -> response.withData("reason", reason));
        log(notReadyReason.or(() -> broker));
        return response.build();
    }

    /** One line for each new reason, however often the question is asked. */
    private void log(Optional<String> reason) {
        if (!reason.equals(logged.getAndSet(reason))) {
            LOG.warn(reason.map(sentence -> "not ready: " + sentence).orElse("ready again"));
        }
    }

    private Optional<String> brokerReason() {
        try {
            return probes.brokerReason().call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (Exception e) {
            throw new IllegalStateException("the broker could not be asked", e);
        }
    }

    /**
     * What is asked.
     *
     * @param engineWorks whether the self-test passed
     * @param brokerReason why the broker is of no use, where it is not
     * @param notReadyReason what keeps the present job from being done, or would keep the next, where something does
     */
    public record Probes(
            BooleanSupplier engineWorks,
            Callable<Optional<String>> brokerReason,
            Supplier<Optional<String>> notReadyReason) {}
}
