package org.plmfrontier.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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

    @Test
    void nobodyGetsInWithoutAPasswordAndServicesAreNoSuperusers() throws Exception {
        int port = FreePorts.next();
        try (LocalPostgres postgres = LocalPostgres.durable(home, port)) {
            postgres.ensureDatabase("runs");
            for (String user : List.of(LocalPostgres.SUPERUSER, LocalPostgres.USER)) {
                for (String guess : List.of("", user, "postgres")) {
                    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("runs"), user, guess))
                            .as("%s with '%s'", user, guess)
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(first(
                            postgres,
                            "select rolsuper or rolcreaterole or rolcreatedb from pg_roles"
                                    + " where rolname = current_user"))
                    .isEqualTo("f");
            assertThatThrownBy(() -> execute(postgres, "copy (select 1) to program 'true'"))
                    .hasMessageContaining("permission denied");
            for (String file : List.of("superuser.password", "frontier.password")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
                        .isEqualTo("rw-------");
            }
        }
    }

    /** A startup packet for the superuser; the server's answer must be 'R' with SASL, 10, and not 'R' with success, 0. */
    @Test
    void anotherUserOfTheMachineIsAskedForThePasswordAndCannotReadIt() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can try as another user");
        int port = FreePorts.next();
        try (LocalPostgres postgres = LocalPostgres.durable(home, port)) {
            postgres.ensureDatabase("runs");
            String packet = "\\0\\0\\0\\x17\\0\\x03\\0\\0user\\0postgres\\0\\0";
            String answer = asNobody("exec 3<>/dev/tcp/127.0.0.1/" + port + "; printf '" + packet
                    + "' >&3; head -c 9 <&3 | od -An -tx1");
            assertThat(answer.strip()).startsWith("52 ").endsWith("00 00 00 0a");
            assertThat(asNobody("cat " + home.resolve("superuser.password") + " 2>&1 || id -u"))
                    .contains("Permission denied")
                    .contains("65534");
        }
    }

    private static String asNobody(String script) throws Exception {
        Process process = new ProcessBuilder(
                        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aServerOfAnEarlierVersionThatTrustsEverybodyIsClosedAndKeepsItsTables() throws Exception {
        int port = FreePorts.next();
        try (EmbeddedPostgres trusting = EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(home.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
                        .start();
                Connection connection = trusting.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("create database runs");
            try (Connection runs = trusting.getDatabase("postgres", "runs").getConnection()) {
                runs.createStatement().execute("create table t (x bigserial, y int)");
                runs.createStatement().execute("insert into t (y) values (42)");
            }
        }
        for (int start = 0; start < 2; start++) {
            try (LocalPostgres postgres = LocalPostgres.durable(home, port)) {
                postgres.ensureDatabase("runs");
                assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("runs"), "postgres", "postgres"))
                        .isInstanceOf(SQLException.class);
                execute(postgres, "alter table t add column z" + start + " int");
                execute(postgres, "insert into t (y) values (43)");
                assertThat(first(postgres, "select y from t order by x")).isEqualTo("42");
            }
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
        return DriverManager.getConnection(postgres.jdbcUrl("runs"), LocalPostgres.USER, postgres.password());
    }
}
