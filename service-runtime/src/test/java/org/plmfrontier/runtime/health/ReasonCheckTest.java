package org.plmfrontier.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.StartupSequence;

class ReasonCheckTest {
    @Test
    void aServiceThatNobodyMayWriteToIsNotReady() {
        HealthCheckResponse closed = new AccessReadiness(WriteAccess.bearers(List.of())).call();
        assertThat(closed.getName()).isEqualTo("access");
        assertThat(closed.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(closed.getData()).contains(Map.of("reason", "no access token is configured, so nobody may write"));
        assertThat(new AccessReadiness(WriteAccess.open()).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aServiceIsReadyOnceItHasStarted() {
        StartupSequence startup =
                new StartupSequence(List.of(), new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), reason -> {});
        StartupReadiness readiness = new StartupReadiness(startup);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(readiness.call().getData()).isPresent();
        startup.begin();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }
}
