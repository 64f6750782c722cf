package org.plmfrontier.fitting.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a study's fits are due: as soon as something changed since the last fit, but not more often than the interval
 * allows, and never so often that fitting takes more than its share of a processor, so that it does not starve what else the
 * service does.
 *
 * @param interval least time from the start of one fit to the start of the next
 * @param share most of one processor's time that fitting takes, above 0 and at most 1
 */
public record RefitPolicy(Duration interval, double share) {
    public RefitPolicy {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, got " + share);
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval must not be negative, got " + interval);
        }
    }

    /**
     * The last fit of a study.
     *
     * @param revision the state of the study that was fitted
     * @param started when the fit began
     * @param took how long it computed
     */
    public record LastFit(long revision, Instant started, Duration took) {}

    /**
     * How long to wait until the next fit; nothing while the study is as it was fitted.
     *
     * @param revision the study's state now
     * @param last its last fit, if there was one
     */
    public Optional<Duration> wait(long revision, Optional<LastFit> last, Instant now) {
        if (last.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        LastFit fit = last.get();
        if (fit.revision() == revision) {
            return Optional.empty();
        }
        Duration rest = Duration.ofNanos((long) (fit.took().toNanos() / share));
        Instant due = fit.started().plus(rest.compareTo(interval) > 0 ? rest : interval);
        return Optional.of(due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO);
    }
}
