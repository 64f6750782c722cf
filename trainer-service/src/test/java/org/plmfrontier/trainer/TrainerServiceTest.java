package org.plmfrontier.trainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.stack.TestStack;
import org.plmfrontier.trainer.kafka.StudyTopics;
import org.plmfrontier.trainer.slice.Studies;

/** The whole service with the real engine, the real channel and a real broker. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class TrainerServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void aRunIsTrainedFromItsJobsToItsFinalPoint() {
        try (StudyTopics topics = new StudyTopics(TestStack.get().bootstrapServers())) {
            CorpusRef corpus = topics.writeCorpus(
                    "service", Studies.records("service", 10, 8, 60, 1), Studies.records("service", 2, 8, 60, 2));
            RunSpec run =
                    Studies.run("service", "service-run", ModelShape.esm2(1, 16, 2), Studies.recipe(1), corpus, 30, 60);
            Studies.jobs(run, 15).forEach(job -> topics.send(1, job));
            await().atMost(PATIENCE).until(() -> completed(topics.events("service")));
            List<TrainingEvent> events = topics.events("service");
            List<TrainingEvent.HeldOutEvaluated> finals = events.stream()
                    .filter(TrainingEvent.HeldOutEvaluated.class::isInstance)
                    .map(TrainingEvent.HeldOutEvaluated.class::cast)
                    .toList();
            assertThat(finals).hasSize(2);
            assertThat(finals.get(1).lossNats()).isLessThan(finals.get(0).lossNats());
            assertThat(events.stream().filter(TrainingEvent.StepCompleted.class::isInstance))
                    .hasSize(60);
            assertThat(events.getLast()).isInstanceOf(TrainingEvent.SliceCompleted.class);
        }
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("trainer_steps_total 60.0"))
                .body(containsString("trainer_loss_nats{run=\"service-run\",study=\"service\"}"))
                .body(containsString("trainer_jobs_total{outcome=\"published\"} 4.0"));
    }

    private static boolean completed(List<TrainingEvent> events) {
        return events.stream()
                .anyMatch(event ->
                        event instanceof TrainingEvent.RunStateChanged change && change.state() == RunState.COMPLETED);
    }
}
