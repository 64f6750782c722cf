package org.plmfrontier.trainer.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class TrainerReadinessTest {
    @Test
    void whatHoldsTheJobUpIsSaidAndTakesTheTrainerOutOfService() {
        HealthCheckResponse response =
                ask(true, Optional.of("a checkpoint cannot be written: No space left on device"));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData())
                .get()
                .satisfies(data -> assertThat(data)
                        .containsEntry("trouble", "a checkpoint cannot be written: No space left on device")
                        .containsEntry("broker", true));
    }

    @Test
    void aTrainerWithEngineAndBrokerAndWithoutTroubleIsReady() {
        assertThat(ask(true, Optional.empty()).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(ask(false, Optional.empty()).getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    private static HealthCheckResponse ask(boolean broker, Optional<String> trouble) {
        return new TrainerReadiness(new TrainerReadiness.Probes(() -> true, () -> broker, () -> trouble)).call();
    }
}
