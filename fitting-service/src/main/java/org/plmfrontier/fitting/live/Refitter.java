package org.plmfrontier.fitting.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;

/**
 * Fits every study again and again while it changes. One thread at a time calls {@link #refitDue()}; any thread may read.
 * The state that is fitted is always the latest one, so states that came and went while a fit computed cost nothing. Fits
 * of studies that neither changed nor were asked for lately are evicted and made again when somebody asks; if such a study is
 * over, its points are left to the archive, so that memory does not grow with studies that are over.
 */
public final class Refitter {
    /** A new fit, and how long it took. */
    public record Refitted(StudyFit fit, Duration took) {}

    private static final Duration IDLE = Duration.ofMillis(500);
    /** Requests that wait for an evicted fit; each holds a thread. */
    private static final int MOST_WAITING = 16;

    private final Studies studies;
    private final StudyArchive archive;
    private final RefitSettings settings;
    private final InstantSource clock;
    private final Consumer<Refitted> publisher;
    private final RecentFits fits;
    private final Map<String, FitState> states = new ConcurrentHashMap<>();
    private final ReentrantLock again = new ReentrantLock();
    private final ReentrantLock publishing = new ReentrantLock();

    /**
     * A refitter without fits.
     *
     * @param publisher takes each new fit, on the fitting thread; if it throws, it is given the next one soon
     */
    public Refitter(
            Studies studies,
            StudyArchive archive,
            RefitSettings settings,
            InstantSource clock,
            Consumer<Refitted> publisher) {
        this.fits = new RecentFits(settings.keep());
        this.studies = studies;
        this.archive = archive;
        this.settings = settings;
        this.clock = clock;
        this.publisher = publisher;
    }

    /**
     * The latest fit of a study; none in its first moments. An evicted fit is made again, by the caller and from the study's
     * present state, which takes as long as any fit from the beginning.
     */
    public Optional<StudyFit> fit(Study study) {
        Optional<StudyFit> known = fits.find(study.id());
        if (study.isEvicted()) {
            return Optional.of(known.filter(fit -> isOf(study, fit)).orElseGet(() -> fitAgain(study)));
        }
        FitState state = state(study.id());
        boolean evicted =
                known.isEmpty() && state.wasFitted() && state.failure().isEmpty();
        return evicted ? Optional.of(fitAgain(study)) : known;
    }

    /** The study with all its points, which are read from the store where they were evicted. */
    public Study loaded(Study study) {
        return study.isEvicted() ? fit(study).map(StudyFit::study).orElseThrow() : study;
    }

    /** The latest fit of a study; in its first moments one without any family. */
    public StudyFit fitOf(Study study) {
        return fit(study)
                .orElseGet(() -> new StudyFit(
                        study,
                        Map.of(),
                        Map.of(),
                        settings.fits().bootstrap(),
                        state(study.id()).failure()));
    }

    /** Too many requests wait for evicted fits. */
    public static final class BusyException extends RuntimeException {
        BusyException(Study study) {
            super("study '" + study.id() + "' has to be fitted again, and " + MOST_WAITING
                    + " requests wait for such fits already, ask again in a moment");
        }
    }

    private FitState state(String studyId) {
        return states.getOrDefault(studyId, FitState.Due.FIRST);
    }

    /** One at a time: who waited finds the fit that another made. */
    private StudyFit fitAgain(Study study) {
        if (again.getQueueLength() >= MOST_WAITING) {
            throw new BusyException(study);
        }
        try {
            again.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody waits any more for the fit of study '" + study.id() + "'");
        }
        try {
            return fits.find(study.id())
                    .filter(fit -> isOf(study, fit))
                    .orElseGet(() -> kept(StudyFit.of(archive.load(study), Optional.empty(), settings.fits())));
        } finally {
            again.unlock();
        }
    }

    /**
     * Drops all fits of a study, and publishes none while it is removed.
     *
     * @param removal retracts what was published and takes the study away; if it throws, the study is due again
     */
    public void forget(String studyId, Runnable removal) {
        publishing.lock();
        try {
            states.computeIfPresent(studyId, (id, state) -> state.due());
            removal.run();
            fits.remove(studyId);
            states.remove(studyId);
        } finally {
            publishing.unlock();
        }
    }

    /** Whether the study is still the one that was fitted, and not another one of its id, or one of which a run was deleted. */
    private boolean isThere(Study study) {
        return studies.find(study.id())
                .filter(now -> now.note().equals(study.note()))
                .filter(now -> now.runs().keySet().containsAll(study.runs().keySet()))
                .isPresent();
    }

    private StudyFit kept(StudyFit fit) {
        publishing.lock();
        try {
            return isThere(fit.study()) ? fits.keep(fit) : fit;
        } finally {
            publishing.unlock();
        }
    }

    private static boolean isOf(Study study, StudyFit fit) {
        return fit.study().revision() >= study.revision();
    }

    /**
     * Fits every study that is due; how long to wait before asking again. A study whose fit throws is not tried again before
     * it changes; one whose fit could not be published is tried again soon. One whose points are evicted has not changed since
     * it was fitted.
     */
    public Duration refitDue() {
        Duration rest = IDLE;
        for (Study study : studies.all()) {
            FitState state = state(study.id());
            if (study.isEvicted() || mayBeEvicted(study, state)) {
                archive.evict(study);
                continue;
            }
            Optional<Duration> wait = settings.policy().get().wait(study.revision(), state.last(), clock.instant());
            if (wait.isPresent() && wait.get().isZero() && state instanceof FitState.Idle idle) {
                refit(study, idle);
            } else if (wait.isPresent() && wait.get().compareTo(rest) < 0) {
                rest = wait.get();
            }
        }
        return rest;
    }

    /** Whether the study is as it was fitted, and the fit was evicted. */
    private boolean mayBeEvicted(Study study, FitState state) {
        boolean unchanged =
                state.last().filter(last -> last.revision() == study.revision()).isPresent();
        return unchanged && study.isOver() && state.wasFitted() && !fits.contains(study.id());
    }

    private void refit(Study study, FitState.Idle before) {
        Instant started = clock.instant();
        FitState.Fitting fitting = before.begin(study.revision(), started);
        states.put(study.id(), fitting);
        StudyFit fit = fitted(study, fitting);
        Duration took = Duration.between(started, clock.instant());
        publishing.lock();
        try {
            if (!isThere(study)) {
                states.remove(study.id());
                return;
            }
            fits.keep(fit);
            FitState.Unpublished unpublished = fitting.fitted(took);
            states.put(study.id(), unpublished);
            publisher.accept(new Refitted(fit, took));
            states.put(study.id(), unpublished.published());
        } finally {
            publishing.unlock();
        }
    }

    /** A failure is kept for readers and thrown on. */
    private StudyFit fitted(Study study, FitState.Fitting fitting) {
        try {
            return StudyFit.of(study, fits.find(study.id()), settings.fits());
        } catch (CancellationException stopped) {
            states.put(study.id(), fitting.abandoned());
            throw stopped;
        } catch (RuntimeException e) {
            states.put(study.id(), fitting.failed(String.valueOf(e.getMessage())));
            throw e;
        }
    }
}
