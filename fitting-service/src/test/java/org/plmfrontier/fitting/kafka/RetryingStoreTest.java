package org.plmfrontier.fitting.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.retry.Backoff;

class RetryingStoreTest {
    private final RetryingStore store = new RetryingStore(
            (StudyStore) Proxy.newProxyInstance(
                    StudyStore.class.getClassLoader(),
                    new Class<?>[] {StudyStore.class},
                    (proxy, method, args) -> null),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)));

    @Test
    void aTransactionThatCannotBeRolledBackIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        store.retry(() -> {
            if (tries.incrementAndGet() < 3) {
                throw RetryingStoreTest.<RuntimeException>undeclared(new Exception(
                        "rollback failed", new SQLException("This connection has been closed.", "08003")));
            }
        });
        assertThat(tries).hasValue(3);
        assertThat(store.notReadyReason()).isEmpty();
    }

    @Test
    void anAssertionOfTheDriverAboutAConnectionThatIsGoneIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        store.retry(() -> {
            if (tries.incrementAndGet() < 3) {
                throw new AssertionError("getAutoCommit() should not throw");
            }
        });
        assertThat(tries).hasValue(3);
    }

    @Test
    void whatTheDatabaseRefusesIsThrown() {
        assertThatThrownBy(() -> store.retry(() -> {
                    throw RetryingStoreTest.<RuntimeException>undeclared(
                            new Exception("refused", new SQLException("duplicate key", "23505")));
                }))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("refused");
    }

    /** Throws a checked exception that nobody declares, as interceptors do. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
