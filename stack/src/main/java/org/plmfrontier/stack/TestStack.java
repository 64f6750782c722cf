package org.plmfrontier.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.postgres.LocalPostgres;

/** One broker and one PostgreSQL per JVM for tests, started in parallel on first use and gone with the process. */
public final class TestStack {
    private static @Nullable TestStack instance;

    private final EmbeddedKafka kafka;
    private final LocalPostgres postgres;

    private TestStack(EmbeddedKafka kafka, LocalPostgres postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    /** The stack of this JVM. */
    public static synchronized TestStack get() {
        if (instance == null) {
            instance = start();
        }
        return instance;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** JDBC address of a database, created where absent, with the login of the superuser: tests break it. */
    public String database(String name) {
        try {
            postgres.ensureDatabase(name);
            return postgres.superuserUrl(name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
    }

    private static TestStack start() {
        CompletableFuture<LocalPostgres> postgres = CompletableFuture.supplyAsync(() -> {
            try {
                return LocalPostgres.temporary();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            EmbeddedKafka kafka =
                    EmbeddedKafka.start(Files.createTempDirectory("kafka-test"), FreePorts.next(), FreePorts.next());
            return new TestStack(kafka, postgres.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
