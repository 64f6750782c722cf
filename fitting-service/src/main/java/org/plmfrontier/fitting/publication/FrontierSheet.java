package org.plmfrontier.fitting.publication;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.envelope.EnvelopePoint;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/** The compute-optimal frontier of a study, or why there is none. */
public sealed interface FrontierSheet {
    /** Points of the drawn line and of the drawn envelope. */
    int LINE = 49;

    int ENVELOPE = 301;

    /**
     * The frontier.
     *
     * @param points at round budgets
     * @param a exponent of N_opt ~ C^a
     * @param b exponent of D_opt ~ C^b
     * @param line the same laws at narrow steps, for drawing
     * @param envelope the lowest smoothed loss at each compute and the run that reached it
     * @param seed of the resampling behind the intervals
     * @param eventsSeen curve points and final points that entered
     */
    record Answer(
            String study,
            String method,
            Convention convention,
            List<Point> points,
            Estimate a,
            Estimate b,
            List<LinePoint> line,
            List<EnvelopeAt> envelope,
            List<Flag> flags,
            long seed,
            int resamples,
            long eventsSeen)
            implements FrontierSheet {}

    /** No frontier: NOT_IDENTIFIABLE or NOT_CONVERGED, with the reason in one sentence. */
    record NoAnswer(String study, String outcome, String reason, long eventsSeen) implements FrontierSheet {}

    /**
     * The optimum for one budget.
     *
     * @param lossNats null where the envelope does not reach, with {@code lossReason} saying why
     */
    record Point(
            double budgetFlops,
            Estimate nOpt,
            Estimate dOpt,
            Estimate tokensPerParameter,
            @Nullable Estimate lossNats,
            @Nullable String lossReason) {
        static Point of(FrontierPoint point) {
            return new Point(
                    point.budgetFlops(),
                    point.nOpt(),
                    point.dOpt(),
                    point.tokensPerParameter(),
                    point.lossNats().result().orElse(null),
                    Outcomes.reason(point.lossNats()));
        }
    }

    /** Null where a law or the envelope does not reach. */
    record LinePoint(
            double computeFlops,
            @Nullable Estimate nOpt,
            @Nullable Estimate dOpt,
            @Nullable Estimate lossNats) {}

    record EnvelopeAt(double computeFlops, double lossNats, String runId, double parameters) {}

    static FrontierSheet of(StudyFit fit) {
        String study = fit.study().id();
        long seen = fit.runs().values().stream()
                .map(run -> run.run().curve())
                .mapToLong(curve -> curve.size() + curve.finals().size())
                .sum();
        if (fit.frontier() instanceof FitOutcome.Fitted<Frontier> frontier
                && fit.envelope() instanceof FitOutcome.Fitted<EnvelopeFrontier> envelope) {
            return answer(study, frontier.value(), envelope.value(), seen);
        }
        String reason = Outcomes.reason(fit.frontier());
        return new NoAnswer(study, Outcomes.name(fit.frontier()), reason == null ? "" : reason, seen);
    }

    private static Answer answer(String study, Frontier frontier, EnvelopeFrontier envelope, long seen) {
        return new Answer(
                study,
                frontier.method(),
                frontier.convention(),
                frontier.points().stream().map(Point::of).toList(),
                frontier.a(),
                frontier.b(),
                line(envelope),
                envelope(envelope.points()),
                frontier.flags(),
                frontier.bootstrap().seed(),
                frontier.bootstrap().resamples(),
                seen);
    }

    private static List<LinePoint> line(EnvelopeFrontier envelope) {
        return Arrays.stream(envelope.domain().logSpaced(LINE))
                .mapToObj(flops -> new LinePoint(
                        flops,
                        envelope.parametersAt(flops).result().orElse(null),
                        envelope.tokensAt(flops).result().orElse(null),
                        envelope.lossAt(flops).result().orElse(null)))
                .toList();
    }

    private static List<EnvelopeAt> envelope(List<EnvelopePoint> points) {
        int every = Math.max(1, (points.size() + ENVELOPE - 2) / (ENVELOPE - 1));
        return IntStream.range(0, points.size())
                .filter(i -> i % every == 0 || i == points.size() - 1)
                .mapToObj(points::get)
                .map(point -> new EnvelopeAt(point.computeFlops(), point.lossNats(), point.runId(), point.parameters()))
                .toList();
    }
}
