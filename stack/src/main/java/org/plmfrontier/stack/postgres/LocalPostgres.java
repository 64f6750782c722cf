package org.plmfrontier.stack.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server as a child process of this one. Nobody gets in without a password, whoever of the machine's users
 * it is: the server runs programs for its superuser. Services get a role of their own that is none.
 */
public final class LocalPostgres implements AutoCloseable {
    /** The superuser. */
    public static final String SUPERUSER = "postgres";
    /** The role of the services, which owns their databases and nothing else. */
    public static final String USER = "frontier";

    private static final String ACCESS_FILE = "pg_hba.conf";
    private static final String METHOD = "scram-sha-256";

    private final EmbeddedPostgres server;
    private final String superuserPassword;
    private final String password;

    private LocalPostgres(EmbeddedPostgres server, String superuserPassword, String password) {
        this.server = server;
        this.superuserPassword = superuserPassword;
        this.password = password;
    }

    /**
     * Starts a server whose data survive restarts and kills (fsync and synchronous commit on).
     *
     * @param home holds the data, the unpacked binaries and the passwords
     * @param port where clients connect, on 127.0.0.1
     */
    public static LocalPostgres durable(Path home, int port) throws IOException {
        Files.createDirectories(home);
        Path data = home.resolve("data");
        Path superuserFile = home.resolve("superuser.password");
        boolean trusting = trusts(data.resolve(ACCESS_FILE));
        if (Files.exists(data.resolve(ACCESS_FILE)) && !trusting && !Files.exists(superuserFile)) {
            throw new IOException(
                    superuserFile + " is missing, and without it nobody can log in to the database in " + data);
        }
        String superuserPassword = PasswordFile.of(superuserFile);
        EmbeddedPostgres server = asking(superuserFile, superuserPassword)
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setRegisterShutdownHook(false)
                .start();
        LocalPostgres postgres =
                new LocalPostgres(server, superuserPassword, PasswordFile.of(home.resolve(USER + ".password")));
        return postgres.closed(trusting ? data.resolve(ACCESS_FILE) : null);
    }

    /**
     * Starts a server for tests on a free port: fast, and gone with the process. What it has committed survives the death of
     * its own processes, not that of the machine.
     */
    public static LocalPostgres temporary() throws IOException {
        return temporary(Map.of());
    }

    /**
     * Starts a server for tests that speaks TLS.
     *
     * @param certificate PEM
     * @param key its private key, PEM, readable by its owner only
     */
    public static LocalPostgres secured(Path certificate, Path key) throws IOException {
        return temporary(Map.of(
                "ssl", "on",
                "ssl_cert_file", certificate.toAbsolutePath().toString(),
                "ssl_key_file", key.toAbsolutePath().toString()));
    }

    private static LocalPostgres temporary(Map<String, String> settings) throws IOException {
        Path folder = Files.createTempDirectory("postgres-password");
        Path file = folder.resolve(SUPERUSER);
        String superuserPassword = PasswordFile.of(file);
        try {
            EmbeddedPostgres.Builder builder =
                    asking(file, superuserPassword).setServerConfig("synchronous_commit", "on");
            settings.forEach(builder::setServerConfig);
            LocalPostgres postgres = new LocalPostgres(builder.start(), superuserPassword, PasswordFile.random());
            return postgres.closed(null);
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    /**
     * A server that asks everybody for a password from its first start on. The options go to initdb behind the builder's own
     * {@code -A trust}, over which the later one wins.
     */
    private static EmbeddedPostgres.Builder asking(Path superuserFile, String superuserPassword) {
        return EmbeddedPostgres.builder()
                .setLocaleConfig("auth", METHOD)
                .setLocaleConfig("pwfile", superuserFile.toAbsolutePath().toString())
                .setConnectConfig("password", superuserPassword)
                .setServerConfig("max_connections", "60")
                .setPGStartupWait(Duration.ofSeconds(60));
    }

    /** Whether a server that was made by an earlier version lets in whoever asks. */
    private static boolean trusts(Path accessFile) throws IOException {
        return Files.exists(accessFile)
                && Files.readAllLines(accessFile).stream()
                        .map(String::strip)
                        .anyMatch(line -> !line.startsWith("#") && line.endsWith("trust"));
    }

    /**
     * The server with its roles and passwords.
     *
     * @param trusting access file of a server that still trusts everybody; null where it does not
     */
    private LocalPostgres closed(@Nullable Path trusting) throws IOException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            try (ResultSet role = statement.executeQuery("select 1 from pg_roles where rolname = '" + USER + "'")) {
                if (!role.next()) {
                    statement.execute("create role " + USER + " login");
                }
            }
            statement.execute("alter role " + USER + " password " + statement.enquoteLiteral(password));
            if (trusting != null) {
                statement.execute(
                        "alter role " + SUPERUSER + " password " + statement.enquoteLiteral(superuserPassword));
                Files.write(
                        trusting,
                        List.of(
                                "local all all " + METHOD,
                                "host all all 127.0.0.1/32 " + METHOD,
                                "host all all ::1/128 " + METHOD));
                statement.execute("select pg_reload_conf()");
            }
            return this;
        } catch (SQLException e) {
            server.close();
            throw new IOException("the roles of the database cannot be made: " + e.getMessage(), e);
        }
    }

    /** JDBC address of a database of this server, for {@link #USER} and {@link #password}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** The same with user and password, for programs that take nothing but an address. */
    public String loginUrl(String database) {
        return jdbcUrl(database) + "?user=" + USER + "&password=" + password;
    }

    /** The same for the superuser. */
    public String superuserUrl(String database) {
        return jdbcUrl(database) + "?user=" + SUPERUSER + "&password=" + superuserPassword;
    }

    /** Password of {@link #USER}. */
    public String password() {
        return password;
    }

    /** Creates the database unless it is there; it and its tables are the services' role's. */
    public void ensureDatabase(String name) throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?");
                Statement statement = connection.createStatement()) {
            query.setString(1, name);
            String quoted = statement.enquoteIdentifier(name, true);
            try (ResultSet found = query.executeQuery()) {
                statement.execute(
                        found.next()
                                ? "alter database " + quoted + " owner to " + USER
                                : "create database " + quoted + " owner " + USER);
            }
        }
        giveTables(name);
    }

    /** What an earlier version made as superuser becomes the role's. */
    private void giveTables(String database) throws SQLException {
        String all = "select format('alter %s %I.%I owner to " + USER + "',"
                + " case relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end, nspname, relname)"
                + " from pg_class join pg_namespace on pg_namespace.oid = relnamespace"
                + " where nspname = 'public' and relkind in ('r', 'p', 'v', 'S')"
                + " and pg_get_userbyid(relowner) = '" + SUPERUSER + "' order by relkind <> 'r'";
        try (Connection connection = server.getDatabase(SUPERUSER, database, Map.of("password", superuserPassword))
                        .getConnection();
                Statement query = connection.createStatement();
                Statement change = connection.createStatement();
                ResultSet statements = query.executeQuery(all)) {
            while (statements.next()) {
                change.execute(statements.getString(1));
            }
        }
    }

    private Connection superuser() throws SQLException {
        return server.getPostgresDatabase(Map.of("password", superuserPassword)).getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
