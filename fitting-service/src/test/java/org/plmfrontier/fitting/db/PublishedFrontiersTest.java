package org.plmfrontier.fitting.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class PublishedFrontiersTest extends ServiceTest {
    private static final String STUDY = "published-frontiers-test";
    private static final byte[] PREDICTIONS = json("[{\"runId\": \"a\"}]");

    @Inject
    AgroalDataSource dataSource;

    @Test
    void predictionsThatAreWrittenAreNotWrittenAgain() throws SQLException {
        PublishedFrontiers frontiers = new PublishedFrontiers(dataSource);
        frontiers.keep(STUDY, json("{\"refit\": 1}"), json("[]"), PREDICTIONS);
        assertThat(read("predictions")).contains("\"a\"");

        execute("update published_frontier set predictions = '[\"left\"]' where study_id = '" + STUDY + "'");
        frontiers.keep(STUDY, json("{\"refit\": 2}"), json("[]"), PREDICTIONS);
        assertThat(read("predictions")).isEqualTo("[\"left\"]");
        assertThat(read("sheet")).contains("2");

        frontiers.keep(STUDY, json("{\"refit\": 3}"), json("[]"), json("[{\"runId\": \"b\"}]"));
        assertThat(read("predictions")).contains("\"b\"");

        frontiers.keep(STUDY, json("{\"refit\": 4}"), json("[]"), null);
        assertThat(read("predictions")).contains("\"b\"");
        assertThat(read("sheet")).contains("4");
    }

    @Test
    void afterARestartAndAfterADeletionTheyAreWrittenWhole() throws SQLException {
        new PublishedFrontiers(dataSource).keep(STUDY, json("{}"), json("[]"), PREDICTIONS);
        execute("update published_frontier set predictions = '[]' where study_id = '" + STUDY + "'");

        PublishedFrontiers restarted = new PublishedFrontiers(dataSource);
        restarted.keep(STUDY, json("{}"), json("[]"), PREDICTIONS);
        assertThat(read("predictions")).contains("\"a\"");

        execute("delete from published_frontier where study_id = '" + STUDY + "'");
        restarted.keep(STUDY, json("{\"refit\": 5}"), json("[]"), PREDICTIONS);
        assertThat(read("predictions")).contains("\"a\"");
        assertThat(read("sheet")).contains("5");
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String read(String column) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select " + column + "::text from published_frontier where study_id = '" + STUDY + "'")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
