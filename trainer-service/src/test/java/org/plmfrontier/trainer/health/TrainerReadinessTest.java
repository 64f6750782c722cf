package org.plmfrontier.trainer.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class TrainerReadinessTest {
    @Test
    void whatHoldsTheJobUpIsSaidAndTakesTheTrainerOutOfService() {
        HealthCheckResponse response =
                ask(Optional.empty(), Optional.of("a checkpoint cannot be written: No space left on device"));
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData())
                .get()
                .satisfies(data -> assertThat(data)
                        .containsEntry("reason", "a checkpoint cannot be written: No space left on device")
                        .containsEntry("broker", "answers"));
    }

    @Test
    void aTrainerWithEngineAndBrokerAndWithoutTroubleIsReady() {
        assertThat(ask(Optional.empty(), Optional.empty()).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aBrokerThatIsOfNoUseIsSaid() {
        HealthCheckResponse response = ask(Optional.of("the broker does not answer within 3000 ms"), Optional.empty());
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData().orElseThrow())
                .containsEntry("broker", "the broker does not answer within 3000 ms");
    }

    private static HealthCheckResponse ask(Optional<String> broker, Optional<String> notReadyReason) {
        return new TrainerReadiness(new TrainerReadiness.Probes(() -> true, () -> broker, () -> notReadyReason)).call();
    }
}
