package org.plmfrontier.dataset.kafka;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.transaction.xa.XAException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;
import org.plmfrontier.runtime.retry.Backoff;

/**
 * Does something as often as it takes while the database or the broker does not answer. Meanwhile nothing more is taken
 * from a topic whose handler waits here. Failures that would come again are thrown. Thread-safe.
 */
final class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);

    private final Backoff backoff;

    Patience(Backoff backoff) {
        this.backoff = backoff;
    }

    /** @param what subject of the sentences in the log */
    void untilDone(String what, Runnable work) {
        for (int failures = 0; ; failures++) {
            try {
                work.run();
                if (failures > 0) {
                    LOG.infof("%s go on after %d failed attempts", what, failures);
                }
                return;
            } catch (RuntimeException e) {
                if (!passes(e)) {
                    throw e;
                }
                Duration pause = backoff.after(failures + 1, ThreadLocalRandom.current());
                LOG.warnf("%s wait, next try in %d ms: %s", what, pause.toMillis(), e.getMessage());
                sleep(pause, e);
            }
        }
    }

    /**
     * Whether a failure passes by itself: the database is away or cannot commit, the broker does not answer. What SQL calls
     * an error of the statement or of its data does not.
     */
    private static boolean passes(Throwable failure) {
        boolean away = false;
        for (Throwable one : all(failure)) {
            if (one instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || !state.matches("(0A|22|23|42).*");
            }
            away |= one instanceof RollbackException
                    || one instanceof SystemException
                    || one instanceof XAException
                    || one instanceof RetriableException;
        }
        return away;
    }

    /** A failure, its causes, and what was suppressed on the way. */
    private static Set<Throwable> all(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>();
        left.add(failure);
        while (!left.isEmpty()) {
            Throwable one = left.remove();
            if (seen.add(one)) {
                left.addAll(Arrays.asList(one.getSuppressed()));
                if (one.getCause() != null) {
                    left.add(one.getCause());
                }
            }
        }
        return seen;
    }

    private static void sleep(Duration pause, RuntimeException failure) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
