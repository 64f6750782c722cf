package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once a thread that reads the log, reads provisional steps or seals predictions has ended: a restart mends that, and only that. */
@Liveness
@ApplicationScoped
public class ReaderHealth implements HealthCheck {
    private final EventReader reader;
    private final ProgressReader progress;
    private final PredictionSealer sealer;

    public ReaderHealth(EventReader reader, ProgressReader progress, PredictionSealer sealer) {
        this.reader = reader;
        this.progress = progress;
        this.sealer = sealer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("the log is being read")
                .status(!reader.hasEnded() && !progress.hasEnded() && !sealer.hasEnded())
                .build();
    }
}
