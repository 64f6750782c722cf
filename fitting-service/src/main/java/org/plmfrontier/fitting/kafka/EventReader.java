package org.plmfrontier.fitting.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Reads the log of training events on one own thread, from where the database says. It takes every partition and joins no
 * group, so nobody can take them away however long a batch waits for the database. Thread-safe.
 */
@ApplicationScoped
public class EventReader {
    private static final Logger LOG = Logger.getLogger(EventReader.class);

    private final EventTopic topic;
    private final EventConsumer events;
    private final RetryingStore retrying;
    private final StudyStore store;
    private final Studies studies;
    private final EventCounters counters;
    private final ReadSettings settings;
    private final Backoff backoff;
    private final MeterRegistry meters;
    private final Thread thread = new Thread(this::run, "events");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable EventSession session;
    private volatile @Nullable String notReadyReason = "the broker has not been asked yet";

    public EventReader(
            EventTopic topic,
            EventConsumer events,
            RetryingStore retrying,
            StudyStore store,
            Studies studies,
            EventCounters counters,
            ReadSettings settings,
            Backoff backoff,
            MeterRegistry meters) {
        this.topic = topic;
        this.events = events;
        this.retrying = retrying;
        this.store = store;
        this.studies = studies;
        this.counters = counters;
        this.settings = settings;
        this.backoff = backoff;
        this.meters = meters;
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Ends after the batch in hand, unless that waits for the database; then the next start repeats it. */
    public void stop() {
        stopping.countDown();
        retrying.stop();
        EventSession open = session;
        if (open != null) {
            open.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(settings.stopping())) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread is there no more; it ends only with the service. */
    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    /** Why the log cannot be read at the moment. */
    Optional<String> notReadyReason() {
        return Optional.ofNullable(notReadyReason);
    }

    private void run() {
        int failures = 0;
        while (stopping.getCount() > 0) {
            try {
                failures = read() ? 0 : failures;
            } catch (WakeupException | InterruptException | StoppedException e) {
                LOG.debug("the reader of the log is woken up", e);
            } catch (Exception | AssertionError e) {
                // As RetryingStore says: what is thrown of a connection that is gone need not be a RuntimeException.
                failures++;
                notReadyReason = FailureSentence.of(e);
                Duration pause = backoff.after(failures, ThreadLocalRandom.current());
                LOG.errorf("reading %s failed, next try in %d ms: %s", Topics.EVENTS, pause.toMillis(), notReadyReason);
                LOG.debug("reading failed", e);
                rest(pause);
            }
        }
    }

    /** Reads until something goes wrong or the service stops; false where there is no topic yet. */
    private boolean read() {
        Optional<String> log = topic.id();
        if (log.isEmpty()) {
            notReadyReason = null;
            rest(settings.turn());
            return false;
        }
        studies.observed(store.observed(log.get()));
        try (EventSession open = new EventSession(
                topic.reader(settings.batch(), EventSession.consumerSettings(settings)), log.get(), settings, meters)) {
            session = open;
            while (stopping.getCount() > 0 && open.isThere()) {
                open.turn(events, store, counters);
                notReadyReason = open.notReadyReason().orElse(null);
            }
        } finally {
            session = null;
        }
        return true;
    }

    private void rest(Duration pause) {
        try {
            stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
