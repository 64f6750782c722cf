package org.plmfrontier.fitting.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.live.FitSettings;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.retry.Backoff;

/** The log alone gives back what was served, as it stands and after the database was emptied. */
@QuarkusTest
class RebuildTest extends ServiceTest {
    @Inject
    EventTopic topic;

    @Inject
    StudyStore store;

    @Inject
    DeadLetters deadLetters;

    @Inject
    ReadSettings settings;

    @Inject
    Backoff backoff;

    @Inject
    AgroalDataSource dataSource;

    @Test
    void theFrontierAsOfAnyOffsetsServedIsTheSameToTheByteEvenWhenTheStudyWentOn() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("past", 120, 5);
        List<TrainingEvent> training = planted.training();
        publish(planted.plans());
        publish(training.subList(0, training.size() / 2));
        String half = servedWhenSettled("past");
        publish(training.subList(training.size() / 2, training.size()));
        awaitAll(planted);
        String whole = servedWhenSettled("past");

        assertThat(whole).isNotEqualTo(half);
        assertThat(half).contains("\"asOf\":\"");
        assertThat(frontier("past", asOf(half))).isEqualTo(half);
        assertThat(frontier("past", asOf(whole))).isEqualTo(whole);
    }

    @Test
    void anEmptiedDatabaseIsFilledFromTheLogAndGivesTheSameFrontier() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("emptied", 120, 6);
        publishAndAwait(planted);
        String served = servedWhenSettled("emptied");
        String log = topic.id().orElseThrow();
        assertThat(store.readTo(log).isEmpty()).isFalse();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from step_point");
            statement.execute("delete from final_point");
            statement.execute("delete from run_slice");
            statement.execute("delete from run_change");
            statement.execute("delete from run_refusal");
            statement.execute("delete from run_evaluation");
            statement.execute("delete from run where imported is null");
            statement.execute("delete from log_position");
        }

        Study rebuilt = readAgain(log).find("emptied").orElseThrow();
        assertThat(rebuilt.runs())
                .isEqualTo(studies.find("emptied").orElseThrow().runs());
        assertThat(json(rebuilt)).isEqualTo(served);
        Studies restarted = new Studies(StepThinning.USUAL);
        store.replay(restarted::add);
        restarted.observed(store.observed(log));
        assertThat(json(restarted.find("emptied").orElseThrow())).isEqualTo(served);
        assertThat(frontier("emptied", asOf(served))).isEqualTo(served);
    }

    @Test
    void aStudyThatRestsAtTheStartGivesTheSameFrontierAndOnlyOnceItIsOver() {
        PlantedStudy planted = PlantedStudy.ofSix("rested", 120, 6);
        List<TrainingEvent> training = planted.training();
        publish(planted.plans());
        publish(training.subList(0, training.size() / 2));
        servedWhenSettled("rested");
        assertThat(store.settled()).doesNotContain("rested");
        publish(training.subList(training.size() / 2, training.size()));
        awaitAll(planted);
        String served = servedWhenSettled("rested");
        await().atMost(TIMEOUT).until(() -> store.settled().contains("rested"));

        Studies restarted = new Studies(StepThinning.USUAL);
        StudyArchive archive = new StudyArchive(restarted, store);
        List<TrainingEvent> told = new ArrayList<>();
        store.replay(Set.of("rested"), batch -> {
            batch.stream().filter(event -> event.studyId().equals("rested")).forEach(told::add);
            restarted.add(batch);
        });
        assertThat(told.stream().filter(StepCompleted.class::isInstance)).hasSize(6);
        archive.evict(restarted.find("rested").orElseThrow());
        restarted.observed(store.observed(topic.id().orElseThrow()));
        Study resting = restarted.find("rested").orElseThrow();
        assertThat(resting.isEvicted()).isTrue();
        assertThat(resting.doneFlops())
                .isEqualTo(studies.find("rested").orElseThrow().doneFlops());
        assertThat(json(archive.load(resting))).isEqualTo(served);
    }

    @Test
    void offsetsThatTheLogDoesNotHoldAreRefused() {
        publishAndAwait(PlantedStudy.ofMany("beyond", 1, 30, 5));
        given().get("/studies/beyond/frontier?asOf=999999999")
                .then()
                .statusCode(400)
                .body("field", equalTo("asOf"))
                .body("detail", containsString("does not reach"));
        given().get("/studies/beyond/frontier?asOf=soon").then().statusCode(400).body("field", equalTo("asOf"));
        given().get("/studies/beyond/frontier?asOf=0").then().statusCode(404);
    }

    /** What a service does that starts with an empty database. */
    private Studies readAgain(String log) {
        Studies fresh = new Studies(StepThinning.USUAL);
        EventCounters counters = new EventCounters();
        EventConsumer consumer = new EventConsumer(
                fresh,
                new StudyArchive(fresh, store),
                ids -> {},
                new RetryingStore(store, backoff),
                deadLetters,
                counters,
                study -> {});
        ReadSettings own = new ReadSettings("rebuild", 700, Duration.ofMillis(200), settings.stopping());
        try (EventSession session = new EventSession(
                topic.reader(own.batch(), EventSession.consumerSettings(own)), log, own, new SimpleMeterRegistry())) {
            await().atMost(TIMEOUT).until(() -> {
                session.turn(consumer, store, counters);
                return fresh.find("emptied")
                        .filter(study -> study.runs().size() == 6
                                && study.runs().values().stream()
                                        .allMatch(run -> run.state().isFinal()))
                        .isPresent();
            });
            session.turn(consumer, store, counters);
        }
        return fresh;
    }

    private static String json(Study study) {
        StudyFit fit = StudyFit.of(
                study, Optional.empty(), new FitSettings(Stiffness.crossValidated(), new Bootstrap(20, 0.95, 1)));
        return new String(WireFormat.encode(FrontierView.of(fit)), StandardCharsets.UTF_8);
    }

    /** The answer once the fit of the latest state is served. */
    private String servedWhenSettled(String study) {
        await().atMost(TIMEOUT)
                .until(() -> studies.find(study)
                        .flatMap(now ->
                                refitter.fit(now).filter(fit -> fit.study().revision() == now.revision()))
                        .filter(fit -> fit.study()
                                .asOf()
                                .equals(studies.find(study).orElseThrow().asOf()))
                        .isPresent());
        return given().get("/studies/" + study + "/frontier")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String frontier(String study, String asOf) {
        return given().queryParam("asOf", asOf)
                .get("/studies/" + study + "/frontier")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String asOf(String json) throws Exception {
        return new ObjectMapper().readTree(json).get("asOf").asText();
    }
}
