package org.plmfrontier.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.stack.postgres.LocalPostgres;

class LocalPostgresTest {
    @TempDir
    Path home;

    @Test
    void keepsDataOverARestartAndSyncsToDisk() throws Exception {
        int port = FreePorts.next();
        try (LocalPostgres postgres = LocalPostgres.durable(home, port)) {
            postgres.ensureDatabase("runs");
            postgres.ensureDatabase("runs");
            execute(postgres, "create table t (x int)");
            execute(postgres, "insert into t values (42)");
            assertThat(first(postgres, "show fsync")).isEqualTo("on");
            assertThat(first(postgres, "show synchronous_commit")).isEqualTo("on");
        }
        try (LocalPostgres postgres = LocalPostgres.durable(home, port)) {
            assertThat(first(postgres, "select x from t")).isEqualTo("42");
        }
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres)) {
            connection.createStatement().execute(sql);
        }
    }

    private static String first(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("runs"), "postgres", "postgres");
    }
}
