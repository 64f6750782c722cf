package org.plmfrontier.stack.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** One PostgreSQL server as a child process of this one. */
public final class LocalPostgres implements AutoCloseable {
    /** The one user, and its password. */
    public static final String USER = "postgres";

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server whose data survive restarts and kills (fsync and synchronous commit on).
     *
     * @param home holds the data and the unpacked binaries
     * @param port where clients connect, on 127.0.0.1
     */
    public static LocalPostgres durable(Path home, int port) throws IOException {
        return new LocalPostgres(EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60")
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
    }

    /**
     * Starts a server for tests on a free port: fast, and gone with the process. What it has committed survives the death of
     * its own processes, not that of the machine.
     */
    public static LocalPostgres temporary() throws IOException {
        return new LocalPostgres(EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
    }

    /**
     * Starts a server for tests that speaks TLS.
     *
     * @param certificate PEM
     * @param key its private key, PEM, readable by its owner only
     */
    public static LocalPostgres secured(Path certificate, Path key) throws IOException {
        return new LocalPostgres(EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "60")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toAbsolutePath().toString())
                .setServerConfig("ssl_key_file", key.toAbsolutePath().toString())
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
    }

    /** JDBC address of a database of this server; user and password are {@link #USER}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** Creates the database unless it is there. */
    public void ensureDatabase(String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            try (ResultSet found = query.executeQuery()) {
                if (found.next()) {
                    return;
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("create database " + statement.enquoteIdentifier(name, true));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
