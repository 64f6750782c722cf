package org.plmfrontier.fitting.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.plmfrontier.fitting.live.RefitPolicy.LastFit;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;

/**
 * Fits every study again and again while it changes. One thread at a time calls {@link #refitDue()}; any thread may read.
 * The state that is fitted is always the latest one, so states that came and went while a fit computed cost nothing. Fits
 * of studies that neither changed nor were asked for lately are let go and made again when somebody asks; if such a study is
 * over, its points are left to the archive, so that memory does not grow with studies that are over.
 */
public final class Refitter {
    /** What became known by a fit, and how long it took. */
    public record Refitted(StudyFit fit, Duration took) {}

    private static final Duration IDLE = Duration.ofMillis(500);
    /** Requests that wait for a fit that was let go; each holds a thread. */
    private static final int MOST_WAITING = 16;

    /** No study has this revision, so a fit that could not be told is due again. */
    private static final long UNTOLD = -1;

    private final Studies studies;
    private final StudyArchive archive;
    private final Supplier<RefitPolicy> policy;
    private final FitSettings settings;
    private final InstantSource clock;
    private final Consumer<Refitted> onFit;
    private final RecentFits fits;
    private final Set<String> fitted = ConcurrentHashMap.newKeySet();
    private final ReentrantLock again = new ReentrantLock();
    private final ReentrantLock telling = new ReentrantLock();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, LastFit> last = new ConcurrentHashMap<>();

    /**
     * A refitter without fits.
     *
     * @param policy asked each time, since it may be another one while the service catches up
     * @param keep studies whose fits stay in memory, at least 1
     * @param onFit told of each new fit, on the fitting thread; if it throws, it is told again
     */
    public Refitter(
            Studies studies,
            StudyArchive archive,
            Supplier<RefitPolicy> policy,
            FitSettings settings,
            int keep,
            InstantSource clock,
            Consumer<Refitted> onFit) {
        this.fits = new RecentFits(keep);
        this.studies = studies;
        this.archive = archive;
        this.policy = policy;
        this.settings = settings;
        this.clock = clock;
        this.onFit = onFit;
    }

    /**
     * The latest fit of a study; none in its first moments. A fit that was let go is made again, by the caller and from
     * the study's present state, which takes as long as any fit from the beginning.
     */
    public Optional<StudyFit> fit(Study study) {
        Optional<StudyFit> known = fits.find(study.id());
        if (study.isAtRest()) {
            return Optional.of(known.filter(fit -> isOf(study, fit)).orElseGet(() -> fitAgain(study)));
        }
        boolean letGo = known.isEmpty() && fitted.contains(study.id()) && !failures.containsKey(study.id());
        return letGo ? Optional.of(fitAgain(study)) : known;
    }

    /** The study with all its points, which those of a study at rest are fetched for. */
    public Study awake(Study study) {
        return study.isAtRest() ? fit(study).map(StudyFit::study).orElseThrow() : study;
    }

    /** The latest fit of a study; in its first moments one without any family. */
    public StudyFit fitOf(Study study) {
        return fit(study)
                .orElseGet(() -> new StudyFit(
                        study,
                        Map.of(),
                        Map.of(),
                        settings.bootstrap(),
                        Optional.ofNullable(failures.get(study.id()))));
    }

    /** Too many wait for fits that were let go. */
    public static final class BusyException extends RuntimeException {
        BusyException(Study study) {
            super("study '" + study.id() + "' has to be fitted again, and " + MOST_WAITING
                    + " requests wait for such fits already, ask again in a moment");
        }
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
                    .orElseGet(() -> kept(StudyFit.of(archive.awake(study), Optional.empty(), settings)));
        } finally {
            again.unlock();
        }
    }

    /**
     * Lets go of all fits of a study, and tells of none while it is removed.
     *
     * @param removal takes back what was told and takes the study away; if it throws, the study is told of again
     */
    public void forget(String studyId, Runnable removal) {
        telling.lock();
        try {
            removal.run();
            fits.remove(studyId);
            fitted.remove(studyId);
            failures.remove(studyId);
        } finally {
            last.remove(studyId);
            telling.unlock();
        }
    }

    /** Whether the study is still the one that was fitted, and not another one of its id. */
    private boolean isThere(Study study) {
        return studies.find(study.id())
                .filter(now -> now.note().equals(study.note()))
                .isPresent();
    }

    private StudyFit kept(StudyFit fit) {
        telling.lock();
        try {
            return isThere(fit.study()) ? fits.keep(fit) : fit;
        } finally {
            telling.unlock();
        }
    }

    private static boolean isOf(Study study, StudyFit fit) {
        return fit.study().revision() >= study.revision();
    }

    /**
     * Fits every study that is due, and says how long to rest before asking again. A study whose fit throws is not tried
     * again before it changes; one whose fit could not be told is tried again soon. One that is at rest has not changed
     * since it was fitted.
     */
    public Duration refitDue() {
        Duration rest = IDLE;
        for (Study study : studies.all()) {
            if (study.isAtRest() || mayRest(study)) {
                archive.rest(study);
                continue;
            }
            Optional<LastFit> known = Optional.ofNullable(last.get(study.id()));
            Optional<Duration> wait = policy.get().wait(study.revision(), known, clock.instant());
            if (wait.isPresent() && wait.get().isZero()) {
                refit(study);
            } else if (wait.isPresent() && wait.get().compareTo(rest) < 0) {
                rest = wait.get();
            }
        }
        return rest;
    }

    /** Whether the study is as it was fitted, and the fit was let go. */
    private boolean mayRest(Study study) {
        LastFit known = last.get(study.id());
        return known != null
                && known.revision() == study.revision()
                && study.isOver()
                && fitted.contains(study.id())
                && !fits.contains(study.id());
    }

    private void refit(Study study) {
        Instant started = clock.instant();
        last.put(study.id(), new LastFit(study.revision(), started, Duration.ZERO));
        StudyFit fit = fitted(study);
        Duration took = Duration.between(started, clock.instant());
        telling.lock();
        try {
            if (!isThere(study)) {
                last.remove(study.id());
                return;
            }
            fits.keep(fit);
            fitted.add(study.id());
            last.put(study.id(), new LastFit(UNTOLD, started, took));
            onFit.accept(new Refitted(fit, took));
            last.put(study.id(), new LastFit(study.revision(), started, took));
        } finally {
            telling.unlock();
        }
    }

    /** A failure is told to readers and thrown on. */
    private StudyFit fitted(Study study) {
        try {
            StudyFit fit = StudyFit.of(study, fits.find(study.id()), settings);
            failures.remove(study.id());
            return fit;
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException e) {
            failures.put(study.id(), String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
