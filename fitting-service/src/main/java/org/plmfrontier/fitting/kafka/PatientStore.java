package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.study.StudyStore;

/**
 * Keeps events in a store that may be away for a while: the consumer waits with it, so events stay in Kafka. Thread-safe.
 */
@ApplicationScoped
public class PatientStore {
    private static final Logger LOG = Logger.getLogger(PatientStore.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final StudyStore store;
    private volatile @Nullable String trouble;

    public PatientStore(StudyStore store) {
        this.store = store;
    }

    /** Why the store does not take events at the moment. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Returns when the events are kept. Anything but a store that is away is thrown. */
    void keep(List<TrainingEvent> events) {
        Duration pause = FIRST_PAUSE;
        while (!tryKeep(events, pause)) {
            sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
        trouble = null;
    }

    private boolean tryKeep(List<TrainingEvent> events, Duration pause) {
        try {
            store.keep(events);
            return true;
        } catch (RuntimeException e) {
            String sentence = absence(e).orElseThrow(() -> e);
            trouble = sentence;
            LOG.warnf("the database takes no events, next try in %d ms: %s", pause.toMillis(), sentence);
            return false;
        }
    }

    /** The message of a failure that passes by itself: connection, resources, restart, deadlock (SQL state classes). */
    private static Optional<String> absence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isPassing(sql.getSQLState())) {
                return Optional.of(String.valueOf(sql.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static boolean isPassing(String state) {
        return state == null || state.matches("(08|40|53|55|57|58).*");
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the database was away", e);
        }
    }
}
