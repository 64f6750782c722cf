package org.plmfrontier.trainer.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while the job in hand moves, the jobs' channel is polled and no thread that must live has ended. A broker or a disk that is waited for is no reason to
 * start the process again: readiness says that.
 */
@Liveness
@ApplicationScoped
public class TrainerLiveness implements HealthCheck {
    private final Signs signs;

    TrainerLiveness(Signs signs) {
        this.signs = signs;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<Duration> training = signs.sinceLastMove().get();
        Optional<Duration> waiting = signs.sinceLastPoll().get();
        Optional<String> ended = signs.ended().get();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("training")
                .status(isFresh(training) && isFresh(waiting) && ended.isEmpty())
                .withData("limitSeconds", signs.limit().toSeconds());
        ended.ifPresent(reason -> response.withData("ended", reason));
        training.ifPresent(still -> response.withData("secondsSinceLastStep", still.toSeconds()));
        waiting.ifPresent(still -> response.withData("secondsSinceLastPoll", still.toSeconds()));
        return response.build();
    }

    private boolean isFresh(Optional<Duration> still) {
        return still.isEmpty() || still.get().compareTo(signs.limit()) <= 0;
    }

    /**
     * What is asked.
     *
     * @param sinceLastMove of the job in hand; empty without one
     * @param sinceLastPoll of the channel; empty before the first
     * @param ended which thread that must live has ended, and why; empty where all live
     * @param limit above which a process that has not moved is taken for dead
     */
    public record Signs(
            Supplier<Optional<Duration>> sinceLastMove,
            Supplier<Optional<Duration>> sinceLastPoll,
            Supplier<Optional<String>> ended,
            Duration limit) {}
}
