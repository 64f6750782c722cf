package org.plmfrontier.dataset.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.postgres.LocalPostgres;

class PatienceTest {
    private final Patience patience = new Patience(new Backoff(Duration.ofMillis(1), Duration.ofMillis(50)));

    @Test
    void workWaitsWhileTheDatabaseIsStoppedAndIsDoneWhenItIsStarted(@TempDir Path home) throws Exception {
        int port = FreePorts.next();
        LocalPostgres first = LocalPostgres.durable(home, port);
        String url = first.superuserUrl("postgres");
        execute(url, "create table seen (n int)");
        first.close();
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> patience.untilDone("rows", () -> {
            attempts.incrementAndGet();
            execute(url, "insert into seen values (1)");
        }));
        Awaitility.await().untilAtomic(attempts, org.hamcrest.Matchers.greaterThan(3));
        assertThat(work).isNotDone();
        try (LocalPostgres second = LocalPostgres.durable(home, port)) {
            work.get(60, TimeUnit.SECONDS);
            execute(
                    second.superuserUrl("postgres"),
                    "do $$ begin if (select count(*) from seen) <> 1 then"
                            + " raise exception 'not once'; end if; end $$");
        }
    }

    @Test
    void whatDoesNotPassIsThrownAtOnce() {
        AtomicInteger attempts = new AtomicInteger();
        for (Exception lasting : new Exception[] {
            new SQLException("duplicate key", "23505"),
            new SQLException("no such column", "42703"),
            new Exception("bug")
        }) {
            attempts.set(0);
            assertThatThrownBy(() -> patience.untilDone("events", () -> {
                        attempts.incrementAndGet();
                        throw new IllegalStateException(lasting);
                    }))
                    .hasCause(lasting);
            assertThat(attempts).hasValue(1);
        }
    }

    @Test
    void aCommitThatFailedAndABrokerThatIsAwayPass() {
        RollbackException lost = new RollbackException("Could not commit transaction.");
        lost.addSuppressed(new SQLException("This connection has been closed.", "08003"));
        for (Exception passing : new Exception[] {
            lost,
            new RollbackException("rolled back"),
            new SQLException("read only", "25006"),
            new TimeoutException("no leader")
        }) {
            AtomicInteger attempts = new AtomicInteger();
            patience.untilDone("events", () -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException(passing);
                }
            });
            assertThat(attempts).hasValue(3);
        }
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
