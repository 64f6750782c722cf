package org.plmfrontier.fitting.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.fitting.study.StateChange;

/**
 * The steps of one run that are not committed, as far as they are known. Immutable.
 *
 * @param source where the last of them came from
 * @param epoch another number whenever points were taken back: who has shown points of another epoch shows them no more
 * @param points ascending by step, thinned where there were many
 * @param arrivedNanos when something of this lease came last
 * @param change the run's latest state change when that came
 */
public record RunProgress(
        Source source, long epoch, List<ProvisionalPoint> points, long arrivedNanos, Optional<StateChange> change) {

    /**
     * Which trainer a run's steps come from.
     *
     * @param slice number of the slice that trains, from 0
     * @param leaseGeneration of the trainers' group; a higher one is a later owner of the run
     * @param trainer name of the process
     */
    public record Source(String studyId, String runId, int slice, int leaseGeneration, String trainer) {
        static Source of(ProvisionalSteps steps) {
            return new Source(steps.studyId(), steps.runId(), steps.slice(), steps.leaseGeneration(), steps.trainer());
        }
    }

    public RunProgress {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(change, "change");
        points = List.copyOf(points);
    }

    /** Nothing yet of a lease. */
    static RunProgress none(Source source, long epoch, long nowNanos) {
        return new RunProgress(source, epoch, List.of(), nowNanos, Optional.empty());
    }

    /** Whether these steps come from a trainer that has lost the run meanwhile. */
    boolean isLaterThan(ProvisionalSteps steps) {
        return source.leaseGeneration() > steps.leaseGeneration();
    }

    /** Whether the steps are of the same lease and do not follow: a slice is tried again from where the run stands. */
    boolean isRepeatedBy(ProvisionalSteps steps) {
        return !points.isEmpty()
                && steps.steps().getFirst().step() <= points.getLast().step();
    }

    /**
     * With further steps of the same lease; those from the first of them on are replaced.
     *
     * @param most points that are kept
     */
    RunProgress plus(ProvisionalSteps steps, long nowNanos, Optional<StateChange> now, int most) {
        long first = steps.steps().getFirst().step();
        List<ProvisionalPoint> more =
                new ArrayList<>(points.size() + steps.steps().size());
        points.stream().filter(point -> point.step() < first).forEach(more::add);
        for (ProvisionalStep step : steps.steps()) {
            more.add(ProvisionalPoint.of(step, nowNanos));
        }
        return new RunProgress(Source.of(steps), epoch, thinned(more, most), nowNanos, now);
    }

    /** Those of the points that a test lets pass. */
    RunProgress filtered(Predicate<ProvisionalPoint> stays) {
        List<ProvisionalPoint> fewer = points.stream().filter(stays).toList();
        return fewer.size() == points.size() ? this : new RunProgress(source, epoch, fewer, arrivedNanos, change);
    }

    /** The same in another epoch. */
    RunProgress withEpoch(long other) {
        return new RunProgress(source, other, points, arrivedNanos, change);
    }

    /**
     * At most so many points: those whose step is a multiple of the smallest power of two that does, and the last. So what is
     * thinned again and again stays as dense at its beginning as at its end.
     *
     * @param most at least 2
     */
    public static List<ProvisionalPoint> thinned(List<ProvisionalPoint> points, int most) {
        List<ProvisionalPoint> fewer = points;
        for (long stride = 2; fewer.size() > most; stride *= 2) {
            long every = stride;
            long last = points.getLast().step();
            fewer = points.stream()
                    .filter(point -> point.step() % every == 0 || point.step() == last)
                    .toList();
        }
        return fewer;
    }
}
