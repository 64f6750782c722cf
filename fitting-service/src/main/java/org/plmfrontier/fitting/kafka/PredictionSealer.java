package org.plmfrontier.fitting.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.prediction.SealedPrediction;
import org.plmfrontier.fitting.prediction.Sealing;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Seals predictions on one own thread. It follows the topic forecasts, which alone says what is sealed: after a restart, and where
 * another instance was faster. Nothing queues: like the fitting thread it asks which study has changed, so what it has no time
 * for is a stage that is missed. Thread-safe.
 */
@ApplicationScoped
public class PredictionSealer {
    private static final Logger LOG = Logger.getLogger(PredictionSealer.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ForecastTopic topic;
    private final EventTopic events;
    private final Studies studies;
    private final PredictionBook book;
    private final EventCounters counters;
    private final ReadSettings settings;
    private final SealSettings sealing;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::run, "predictions");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<String, Long> looked = new HashMap<>();
    private final Sealing sealings = new Sealing();
    private @Nullable Offsets awaited;

    public PredictionSealer(
            ForecastTopic topic,
            EventTopic events,
            Studies studies,
            PredictionBook book,
            EventCounters counters,
            ReadSettings settings,
            SealSettings sealing,
            Backoff backoff) {
        this.topic = topic;
        this.events = events;
        this.studies = studies;
        this.book = book;
        this.counters = counters;
        this.settings = settings;
        this.sealing = sealing;
        this.backoff = backoff;
    }

    /** Begins to read and to seal. */
    public void start() {
        thread.start();
    }

    /**
     * Ends at once, even while the broker does not answer; predictions that are not written then are due again after the next
     * start.
     */
    public void stop() throws InterruptedException {
        stopping.countDown();
        thread.interrupt();
        if (thread.isAlive() && !thread.join(settings.stopping())) {
            LOG.warn("a forecaster is still being made; it ends with the process");
        }
    }

    /** Whether the thread is there no more; it ends only with the service. */
    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    private void run() {
        int failures = 0;
        while (stopping.getCount() > 0) {
            try (ForecastReader reader = new ForecastReader(topic.reader(), book)) {
                reader.readToEnd();
                failures = 0;
                book.notReadReason(null);
                while (stopping.getCount() > 0) {
                    reader.readToEnd();
                    rest(sealDue(reader));
                }
            } catch (RuntimeException | AssertionError e) {
                if (stopping.getCount() > 0) {
                    failures++;
                    rest(afterFailure(e, failures));
                }
            }
        }
    }

    private Duration afterFailure(Throwable failure, int failures) {
        Duration pause = backoff.after(failures, ThreadLocalRandom.current());
        book.notReadReason(FailureSentence.of(failure));
        LOG.warnf("sealing predictions failed, next try in %d ms: %s", pause.toMillis(), FailureSentence.of(failure));
        LOG.debug("sealing failed", failure);
        return pause;
    }

    /**
     * Seals what is due once all that the log had when it was found due is in memory: so no outcome that existed then is
     * overlooked, as it might be while the service catches up.
     *
     * @return how long to wait
     */
    private Duration sealDue(ForecastReader reader) {
        List<Study> due = studies.all().stream().filter(this::isDue).toList();
        if (due.isEmpty()) {
            awaited = null;
            return PAUSE;
        }
        if (awaited == null) {
            awaited = reader.endOf(Topics.EVENTS);
        }
        if (!counters.hasReadTo(awaited)) {
            return PAUSE;
        }
        awaited = null;
        String log = events.id().orElseThrow(() -> new IllegalStateException("there is no topic " + Topics.EVENTS));
        long started = System.nanoTime();
        for (Study study : due) {
            seal(study.id(), log, reader);
        }
        long took = System.nanoTime() - started;
        return PAUSE.plusNanos(Math.round(took * (1 / sealing.share() - 1)));
    }

    private boolean isDue(Study study) {
        Long before = looked.get(study.id());
        if (before != null && before == study.revision()) {
            return false;
        }
        if (Sealing.isDue(study, book)) {
            return true;
        }
        looked.put(study.id(), study.revision());
        return false;
    }

    private void seal(String studyId, String log, ForecastReader reader) {
        List<SealedPrediction> made = studies.find(studyId)
                .map(study -> sealings.of(study, log, book))
                .orElse(List.of());
        if (made.isEmpty() || stopping.getCount() == 0) {
            return;
        }
        int written = topic.write(() -> {
            reader.readToEnd();
            return studies.find(studyId)
                    .map(now -> Sealing.stillOpen(made, now, book))
                    .orElse(List.of());
        });
        reader.readToEnd();
        if (written > 0) {
            LOG.infof("%d predictions of study %s sealed", written, studyId);
        }
    }

    private void rest(Duration pause) {
        try {
            stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
