package org.plmfrontier.fitting.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.MemoryStore;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.retry.Backoff;

/** A study that the log says is deleted, in the running service. */
@QuarkusTest
class DeletedStudyServiceTest extends ServiceTest {
    @Inject
    StudyStore store;

    @Inject
    EventTopic topic;

    @Inject
    DeadLetters deadLetters;

    @Inject
    ReadSettings settings;

    @Inject
    Backoff backoff;

    @Inject
    EventCounters counters;

    @Inject
    AgroalDataSource dataSource;

    @Test
    void aDeletedStudyIsGoneFromListsPagesMetricsTablesAndTheTopicAndNothingBringsItBack() throws Exception {
        PlantedStudy doomed = PlantedStudy.ofSix("doomed", 120, 5);
        publishAndAwait(doomed);
        await().atMost(TIMEOUT).until(() -> rows("published_frontier where study_id = 'doomed'") == 1);
        await().atMost(TIMEOUT).until(() -> given().get("/q/metrics").asString().contains("study=\"doomed\""));
        long before = counters.deadLetters();

        publish(doomed.deletions());
        publish(doomed.training());
        PlantedStudy behind = PlantedStudy.ofMany("behind-the-doomed", 6, 60, 5);
        publishAndAwait(behind);
        await().atMost(TIMEOUT).until(() -> studies.find("doomed").isEmpty());

        for (String path : List.of("", "/frontier", "/predictions", "/fits", "/runs", "/progress")) {
            given().get("/studies/doomed" + path).then().statusCode(404);
        }
        given().get("/studies").then().body("id", not(hasItem("doomed")));
        await().atMost(TIMEOUT)
                .until(() -> !given().get("/q/metrics").asString().contains("study=\"doomed\""));
        await().atMost(TIMEOUT).until(() -> rows("deleted_run where study_id = 'doomed'") == 6);
        assertThat(rows("run where study_id = 'doomed'")).isZero();
        assertThat(rows("step_point where run_key not in (select run_key from run)"))
                .isZero();
        assertThat(rows("final_point where run_key not in (select run_key from run)"))
                .isZero();
        assertThat(rows("published_frontier where study_id = 'doomed'")).isZero();
        assertThat(lastFrontier("doomed").value()).isNull();
        assertThat(counters.deadLetters()).isEqualTo(before);

        Studies restarted = new Studies(StepThinning.USUAL);
        store.replay(restarted::add);
        restarted.observed(store.observed(topic.id().orElseThrow()));
        assertThat(restarted.find("doomed")).isEmpty();
        assertThat(restarted.add(doomed.training())).isEmpty();
        assertThat(restarted.find("doomed")).as("late events after a restart").isEmpty();
    }

    @Test
    void aLogThatIsReadFromItsBeginningKnowsTheStudyOnlyAsItWasSubmittedAgain() throws Exception {
        PlantedStudy first = PlantedStudy.ofSix("resubmitted", 120, 5);
        publishAndAwait(first);
        publish(first.deletions());
        await().atMost(TIMEOUT).until(() -> studies.find("resubmitted").isEmpty());
        PlantedStudy second = PlantedStudy.ofMany("resubmitted", 3, 60, 8);
        Study live = publishAndAwait(second);
        assertThat(live.runs()).hasSize(3);
        given().get("/studies/resubmitted/predictions").then().statusCode(200);
        String asOf = live.asOf().toString();
        await().atMost(TIMEOUT)
                .until(() ->
                        given().get("/studies/resubmitted/frontier").asString().contains(asOf));
        String served = given().get("/studies/resubmitted/frontier").asString();
        assertThat(given().get("/studies/resubmitted/frontier?asOf=" + asOf).asString())
                .isEqualTo(served);

        Studies again = readAgain(asOf);
        assertThat(again.find("resubmitted").orElseThrow().runs()).isEqualTo(live.runs());
        assertThat(again.find("resubmitted").orElseThrow().asOf()).isEqualTo(live.asOf());
    }

    /** All of the log into an empty memory and an empty store. */
    private Studies readAgain(String asOf) throws Exception {
        Studies fresh = new Studies(StepThinning.USUAL);
        MemoryStore empty = new MemoryStore();
        EventConsumer consumer = new EventConsumer(
                fresh,
                new StudyArchive(fresh, empty),
                ids -> {},
                new RetryingStore(empty, backoff),
                deadLetters,
                new EventCounters(),
                study -> {});
        ReadSettings own = new ReadSettings("deleted", 300, Duration.ofMillis(200), settings.stopping());
        String log = topic.id().orElseThrow();
        try (EventSession session = new EventSession(
                topic.reader(own.batch(), EventSession.consumerSettings(own)), log, own, new SimpleMeterRegistry())) {
            await().atMost(TIMEOUT).until(() -> {
                session.turn(consumer, empty, new EventCounters());
                return fresh.find("resubmitted")
                        .filter(study -> study.asOf().toString().equals(asOf))
                        .isPresent();
            });
        }
        return fresh;
    }

    private long rows(String from) throws Exception {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from " + from);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private ConsumerRecord<String, byte[]> lastFrontier(String study) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.FRONTIER).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records.stream()
                .filter(record -> study.equals(record.key()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
