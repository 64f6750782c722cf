package org.plmfrontier.fitting.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.live.RefitPolicy.LastFit;

/**
 * Where the fit of one study stands. A transition is a method of the states in which it is legal:
 *
 * <pre>
 *          begin           fitted               published
 *   Due ---------&gt; Fitting --------&gt; Unpublished -----------&gt; Published
 *    ^              |   |                 |                       |
 *    |   abandoned  |   | failed          | begin                 | begin
 *    +--------------+   v                 v                       v
 *    |                Failed --begin--&gt; Fitting                Fitting
 *    +--- due: from any state, when a study could not be removed
 * </pre>
 *
 * Whether the fit itself is in memory is no part of this: fits are evicted and made again.
 */
sealed interface FitState permits FitState.Idle, FitState.Fitting {

    /** The last fit, by which the next one is due; empty where it is due at once. */
    Optional<LastFit> last();

    /** Whether the study was ever fitted. */
    boolean wasFitted();

    /** Why the last fit broke off; empty where it did not. */
    Optional<String> failure();

    /** No fit is known to hold any more, so the next one is due at once. */
    default Due due() {
        return new Due(wasFitted(), failure());
    }

    /** Nothing is computed. */
    sealed interface Idle extends FitState permits Due, Unpublished, Published, Failed {

        /** A fit of the study's revision begins. */
        default Fitting begin(long revision, Instant started) {
            return new Fitting(new LastFit(revision, started, Duration.ZERO), wasFitted(), failure());
        }
    }

    /** To be fitted at once. */
    record Due(boolean wasFitted, Optional<String> failure) implements Idle {
        /** A study that nobody has fitted. */
        static final Due FIRST = new Due(false, Optional.empty());

        @Override
        public Optional<LastFit> last() {
            return Optional.empty();
        }
    }

    /**
     * A fit is being computed.
     *
     * @param attempt the revision that is fitted, and since when
     * @param wasFitted whether an earlier one ended well
     * @param failure of the fit before
     */
    record Fitting(LastFit attempt, boolean wasFitted, Optional<String> failure) implements FitState {
        @Override
        public Optional<LastFit> last() {
            return Optional.of(attempt);
        }

        Unpublished fitted(Duration took) {
            return new Unpublished(new LastFit(attempt.revision(), attempt.started(), took));
        }

        Failed failed(String reason) {
            return new Failed(attempt, wasFitted, reason);
        }

        Due abandoned() {
            return due();
        }
    }

    /**
     * Fitted, and nobody was given the fit yet; if that fails, the study is due again as soon as the policy allows.
     *
     * @param fit what was fitted, when and for how long
     */
    record Unpublished(LastFit fit) implements Idle {
        /** No study has this revision, so the study counts as changed. */
        private static final long NONE = -1;

        @Override
        public Optional<LastFit> last() {
            return Optional.of(new LastFit(NONE, fit.started(), fit.took()));
        }

        @Override
        public boolean wasFitted() {
            return true;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        Published published() {
            return new Published(fit);
        }
    }

    /** Fitted and published. */
    record Published(LastFit fit) implements Idle {
        @Override
        public Optional<LastFit> last() {
            return Optional.of(fit);
        }

        @Override
        public boolean wasFitted() {
            return true;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }
    }

    /**
     * The fit threw; it is not tried again before the study changes.
     *
     * @param attempt what was to be fitted
     * @param wasFitted whether an earlier fit ended well
     */
    record Failed(LastFit attempt, boolean wasFitted, String reason) implements Idle {
        public Failed {
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Optional<LastFit> last() {
            return Optional.of(attempt);
        }

        @Override
        public Optional<String> failure() {
            return Optional.of(reason);
        }
    }
}
