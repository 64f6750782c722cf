package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.retry.Backoff;

/**
 * Keeps events in a store that may be away for a while: the reader of the log waits with it, so events stay in Kafka.
 * Thread-safe.
 */
@ApplicationScoped
public class RetryingStore {
    private static final Logger LOG = Logger.getLogger(RetryingStore.class);

    private final StudyStore store;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable String notReadyReason;

    public RetryingStore(StudyStore store, Backoff backoff) {
        this.store = store;
        this.backoff = backoff;
    }

    /** Why the store does not take events at the moment. */
    public Optional<String> notReadyReason() {
        return Optional.ofNullable(notReadyReason);
    }

    /** Ends the wait for a store that is away. */
    void stop() {
        stopping.countDown();
    }

    /** Returns when the events are kept. Anything but a store that is away is thrown. */
    void keep(List<LoggedEvent> events, String log, Offsets readTo) {
        retry(() -> store.keep(events, log, readTo));
    }

    /** Returns when this is done with the store. Anything but a store that is away is thrown. */
    void retry(Runnable use) {
        int failures = 0;
        while (!tryTo(use)) {
            failures++;
            Duration pause = backoff.after(failures, ThreadLocalRandom.current());
            LOG.warnf("the database takes no events, next try in %d ms: %s", pause.toMillis(), notReadyReason);
            sleep(pause);
        }
        notReadyReason = null;
    }

    private boolean tryTo(Runnable use) {
        try {
            use.run();
            return true;
        } catch (RuntimeException e) {
            notReadyReason = TransientFailure.of(e).orElseThrow(() -> e);
            return false;
        } catch (Exception | AssertionError e) {
            // Where a connection goes in the middle of a statement, PostgreSQL's driver asserts that it cannot, and a
            // transaction that cannot be rolled back throws undeclared exceptions.
            RuntimeException wrapped = new IllegalStateException("the transaction failed: " + e, e);
            notReadyReason = TransientFailure.of(wrapped).orElseThrow(() -> wrapped);
            return false;
        }
    }

    private void sleep(Duration pause) {
        try {
            if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoppedException("stopped while the database was away");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while the database was away");
        }
    }
}
