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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyStore;

@QuarkusTest
class EventStoreTest extends ServiceTest {
    @Inject
    StudyStore store;

    @Inject
    AgroalDataSource dataSource;

    @Test
    void aRestartRebuildsTheSameStudyFromEventsThatCameTwiceAndInDisorder() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("disorder", 60, 5);
        List<TrainingEvent> events = new ArrayList<>(planted.training());
        events.addAll(planted.all());
        Collections.shuffle(events, new Random(42));
        publish(events);
        Study live = awaitAll(planted);

        await().atMost(PATIENCE)
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
    void keepingTheSameBatchAgainAddsNoRow() throws Exception {
        PlantedStudy planted = PlantedStudy.ofMany("again", 2, 30, 5);
        store.keep(planted.all());
        long once = count("again-%");
        store.keep(planted.all());
        assertThat(count("again-%")).isEqualTo(once).isPositive();
    }

    @Test
    void anEmptyBatchIsKept() {
        store.keep(List.of());
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
