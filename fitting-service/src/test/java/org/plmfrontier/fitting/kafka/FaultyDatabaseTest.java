package org.plmfrontier.fitting.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

/** A real PostgreSQL that crashes, cuts, hangs, is full or refuses: events wait in the log and none is lost or doubled. */
@QuarkusTest
class FaultyDatabaseTest extends ServiceTest {
    @Inject
    AgroalDataSource dataSource;

    @AfterEach
    void mend() {
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> execute("drop trigger if exists refuse_insert on step_point"));
        await().atMost(TIMEOUT).until(() -> ready() == 200);
    }

    @Test
    void aServerThatCrashesAgainAndAgainLosesNothing() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("crashed", 300, 5);
        List<TrainingEvent> all = planted.all();
        int parts = 8;
        for (int i = 0; i < parts; i++) {
            publish(all.subList(all.size() * i / parts, all.size() * (i + 1) / parts));
            crash();
        }
        awaitAll(planted);
        awaitStored(planted);
    }

    @Test
    void connectionsThatAreCutLoseNothing() {
        PlantedStudy planted = PlantedStudy.ofSix("cut", 300, 5);
        List<TrainingEvent> all = planted.all();
        int parts = 8;
        for (int i = 0; i < parts; i++) {
            publish(all.subList(all.size() * i / parts, all.size() * (i + 1) / parts));
            await().atMost(TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()"));
        }
        awaitAll(planted);
        awaitStored(planted);
    }

    @Test
    void aFullDiskIsSaidByHealthAndGoesOnWhenThereIsSpace() {
        execute("""
                create or replace function refuse_insert() returns trigger language plpgsql as $$
                begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$""");
        execute(
                "create trigger refuse_insert before insert on step_point for each row execute function refuse_insert()");
        PlantedStudy planted = PlantedStudy.ofSix("full", 60, 5);
        publish(planted.all());
        await().atMost(TIMEOUT).until(() -> ready() == 503);
        given().get("/q/health/ready").then().body(containsString("No space left on device"));
        given().get("/q/health/live").then().statusCode(200);
        assertThat(stored("full")).isZero();

        execute("drop trigger refuse_insert on step_point");
        await().atMost(TIMEOUT).until(() -> ready() == 200);
        awaitAll(planted);
        awaitStored(planted);
    }

    @Test
    void aTableThatIsLockedForSecondsOnlyDelays() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("locked", 60, 5);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table step_point in access exclusive mode");
            publish(planted.all());
            await().atMost(TIMEOUT).until(() -> waiting(statement) > 0);
            given().get("/q/health/live").then().statusCode(200);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        awaitAll(planted);
        awaitStored(planted);
    }

    @Test
    void whatTheDatabaseRefusesForItselfGoesToTheDeadLettersAndTheRestIsStored() {
        execute("""
                create or replace function refuse_insert() returns trigger language plpgsql as $$
                begin if new.loss_nats = 7.25 then raise exception 'no such loss' using errcode = '23514'; end if;
                return new; end $$""");
        execute(
                "create trigger refuse_insert before insert on step_point for each row execute function refuse_insert()");
        PlantedStudy planted = PlantedStudy.ofMany("beside-refused", 1, 30, 1);
        publish(List.of(new StepCompleted(
                "refused",
                "refused-0",
                1,
                1,
                1,
                1,
                7.25,
                1e-3,
                1,
                1,
                planted.all().getFirst().at())));
        publishAndAwait(planted);
        assertThat(new String(
                        awaitRecord("training-events.dlq", "refused-0")
                                .headers()
                                .lastHeader("dead-letter-reason")
                                .value(),
                        StandardCharsets.UTF_8))
                .contains("the database refuses it");
        awaitStored(planted);
    }

    /** A backend that is killed takes the whole server through a crash recovery. */
    private void crash() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            ProcessHandle.of(row.getLong(1)).orElseThrow().destroyForcibly();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).matches("(08|57).*");
        }
    }

    private void awaitStored(PlantedStudy planted) {
        long steps = planted.training().stream()
                .filter(StepCompleted.class::isInstance)
                .count();
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(stored(planted.id())).isEqualTo(steps));
    }

    private long stored(String study) {
        return number("select count(*) from step_point join run using (run_key) where study_id = '" + study + "'");
    }

    private static long waiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int ready() {
        return given().get("/q/health/ready").statusCode();
    }

    private long number(String query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
