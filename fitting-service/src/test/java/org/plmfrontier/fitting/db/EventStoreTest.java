package org.plmfrontier.fitting.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.fitting.study.StudyStoreContract;

@QuarkusTest
class EventStoreTest extends ServiceTest implements StudyStoreContract {
    @Inject
    StudyStore store;

    @Inject
    AgroalDataSource dataSource;

    @Override
    public StudyStore store() {
        return store;
    }

    @Test
    void aRestartRebuildsTheSameStudyFromEventsThatCameTwiceAndInDisorder() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("disorder", 60, 5);
        List<TrainingEvent> events = new ArrayList<>(planted.training());
        events.addAll(planted.all());
        Collections.shuffle(events, new Random(42));
        publish(events);
        Study live = awaitAll(planted);

        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(rebuilt().find("disorder").map(Study::runs)).contains(live.runs()));

        Studies direct = new Studies(StepThinning.USUAL);
        direct.add(planted.all());
        assertThat(live.runs()).isEqualTo(direct.find("disorder").orElseThrow().runs());
        long steps = planted.training().stream()
                .filter(StepCompleted.class::isInstance)
                .count();
        assertThat(count("disorder-%")).isEqualTo(steps);
    }

    @Test
    void aRestartGivesEvaluationsBackWithTheirPartsAndThoseOfOldWithout() {
        PlantedStudy planted = PlantedStudy.ofTwoFamilies("parts", 40, 5).withParts();
        store.keep(logged(planted.all()), "log", Offsets.NONE);
        Studies direct = new Studies(StepThinning.USUAL);
        direct.add(planted.all());
        Study kept = rebuilt().find("parts").orElseThrow();
        assertThat(kept.runs()).isEqualTo(direct.find("parts").orElseThrow().runs());
        assertThat(kept.references().orElseThrow().masked()).isNotNull();
        List<FinalPoint> masked = kept.runs().get("parts-0").curve().finals();
        assertThat(masked.getFirst().parts()).isNull();
        assertThat(masked.getLast().parts()).isNotNull();
        assertThat(kept.runs().get("parts-1").curve().finals())
                .allSatisfy(point -> assertThat(point.parts()).isNull());
    }

    @Test
    void anEvaluationOfOldThatIsToldAgainWithItsPartsGetsThem() {
        PlantedStudy old = PlantedStudy.ofMany("told-again", 1, 40, 5);
        store.keep(logged(old.all()), "log", Offsets.NONE);
        List<TrainingEvent> again =
                PlantedStudy.ofMany("told-again", 1, 40, 5).withParts().training();
        store.keep(logged(again), "log", Offsets.NONE);
        List<FinalPoint> finals = rebuilt()
                .find("told-again")
                .orElseThrow()
                .runs()
                .get("told-again-0")
                .curve()
                .finals();
        assertThat(finals).hasSize(3);
        assertThat(finals.getLast().parts()).isNotNull();
    }

    @Test
    void keepingTheSameBatchAgainAddsNoRow() throws Exception {
        PlantedStudy planted = PlantedStudy.ofMany("again", 2, 30, 5);
        List<LoggedEvent> events = logged(planted.all());
        store.keep(events, "log", Offsets.NONE);
        long once = count("again-%");
        store.keep(events, "log", Offsets.NONE);
        assertThat(count("again-%")).isEqualTo(once).isPositive();
    }

    @Test
    void anEmptyBatchIsKept() {
        store.keep(List.of(), "log", Offsets.NONE);
    }

    @Test
    void positionsAreKeptPerLogAndNeverGoBack() {
        List<LoggedEvent> events =
                logged(PlantedStudy.ofMany("placed", 1, 20, 5).all());
        store.keep(events, "placed-log", Offsets.parse("0:100,2:7"));
        store.keep(List.of(), "placed-log", Offsets.parse("0:90,2:8"));
        assertThat(store.readTo("placed-log")).isEqualTo(Offsets.parse("0:100,2:8"));
        assertThat(store.observed("placed-log")).isEqualTo(Map.of("placed", Offsets.parse("1:" + (events.size() - 1))));
        assertThat(store.readTo("another-log")).isEqualTo(Offsets.NONE);
    }

    @Test
    void batchesOfKnownRunsUseUpNoKeys() throws Exception {
        List<LoggedEvent> events = logged(PlantedStudy.ofMany("keys", 3, 60, 5).all());
        store.keep(events, "log", Offsets.NONE);
        long before = lastKey();
        for (int i = 0; i < 20; i++) {
            store.keep(events, "log", Offsets.NONE);
        }
        assertThat(lastKey()).isEqualTo(before);
    }

    private long lastKey() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select last_value from run_run_key_seq")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<LoggedEvent> logged(List<TrainingEvent> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> new LoggedEvent(events.get(i), 1, i))
                .toList();
    }

    private Studies rebuilt() {
        Studies rebuilt = new Studies(StepThinning.USUAL);
        store.replay(batch -> assertThat(rebuilt.add(batch)).isEmpty());
        return rebuilt;
    }

    private long count(String runs) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from step_point join run using (run_key) where run_id like '" + runs + "'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
