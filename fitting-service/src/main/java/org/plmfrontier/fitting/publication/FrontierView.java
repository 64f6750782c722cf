package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.envelope.EnvelopePoint;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.study.Study;

/** The compute-optimal frontier of a study, or why there is none. */
public sealed interface FrontierView {
    /** Points of the drawn line and of the drawn envelope. */
    int LINE = 49;

    int ENVELOPE = 301;

    /**
     * The frontier of one family.
     *
     * @param family kind of model, or group of an imported file
     * @param law the frontier
     * @param made from what, and how its intervals were made
     */
    record Answer(
            String study,
            String family,
            String method,
            Convention convention,
            @JsonUnwrapped Law law,
            @JsonUnwrapped Made made)
            implements FrontierView {}

    /**
     * A frontier, as it is drawn.
     *
     * @param points at round budgets
     * @param a exponent of N_opt ~ C^a
     * @param b exponent of D_opt ~ C^b
     * @param line the same laws at narrow steps, for drawing
     * @param envelope of a1: the lowest smoothed loss at each compute and the run that reached it; empty for the others
     */
    record Law(
            List<Point> points,
            Estimate a,
            Estimate b,
            List<LinePoint> line,
            List<EnvelopeAt> envelope,
            List<Flag> flags) {}

    /**
     * How a frontier was made.
     *
     * @param seed of the resampling behind the intervals
     * @param eventsSeen curve points and final points that entered
     * @param asOf offsets of the log that the answer rests on; null for a study that was read from no log
     */
    record Made(
            long seed,
            int resamples,
            long eventsSeen,
            @Nullable String asOf) {}

    /**
     * No frontier.
     *
     * @param family null before the first fit
     * @param outcome NOT_IDENTIFIABLE, NOT_CONVERGED, PENDING before the first fit, or FAILED if it broke off
     * @param reason one sentence
     * @param seen what is there without a law
     */
    record NoAnswer(
            String study,
            @Nullable String family,
            String method,
            String outcome,
            String reason,
            @JsonUnwrapped Seen seen)
            implements FrontierView {}

    /**
     * What is there without a law.
     *
     * @param envelope of a1: the lowest smoothed loss at each compute; empty for the others
     */
    record Seen(
            List<EnvelopeAt> envelope,
            long eventsSeen,
            @Nullable String asOf) {}

    /**
     * Several families, which have no common frontier.
     *
     * @param outcome MIXED_FAMILIES
     * @param reason one sentence that names them
     * @param parts the families
     */
    record PerFamily(
            String study,
            String method,
            String outcome,
            String reason,
            @JsonUnwrapped Parts parts) implements FrontierView {}

    /**
     * The families of a study.
     *
     * @param families one view each, ascending by name
     */
    record Parts(
            List<FrontierView> families,
            long eventsSeen,
            @Nullable String asOf) {}

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

    /** The lowest smoothed loss at a compute, and the run that reached it. */
    record EnvelopeAt(double computeFlops, double lossNats, String runId, double parameters) {}

    /** The frontier along the envelope of the only family, or of each family where there are several. */
    static FrontierView of(StudyFit fit) {
        return of(fit, Method.A1);
    }

    /** The frontier by one method of the only family, or of each family where there are several. */
    static FrontierView of(StudyFit fit, Method method) {
        Study study = fit.study();
        if (fit.families().isEmpty()) {
            return pending(fit, method);
        }
        return fit.onlyFamily()
                .map(family -> of(study, family, method))
                .orElseGet(() -> new PerFamily(
                        study.id(),
                        method.label(),
                        "MIXED_FAMILIES",
                        "the study has the families "
                                + String.join(", ", fit.families().keySet())
                                + ", which have no common frontier; each has its own under 'families'",
                        new Parts(
                                fit.families().values().stream()
                                        .map(family -> of(study, family, method))
                                        .toList(),
                                fit.eventsSeen(),
                                asOf(study))));
    }

    private static @Nullable String asOf(Study study) {
        return study.asOf().isEmpty() ? null : study.asOf().toString();
    }

    private static NoAnswer pending(StudyFit fit, Method method) {
        String outcome = fit.failure().isPresent() ? "FAILED" : "PENDING";
        String reason = fit.failure()
                .map(failure -> "the fit broke off: " + failure)
                .orElse(
                        fit.study().knownRuns().isEmpty()
                                ? "no run of the study is planned yet"
                                : "the first fit of the study is being computed");
        return new NoAnswer(
                fit.study().id(), null, method.label(), outcome, reason, new Seen(List.of(), 0, asOf(fit.study())));
    }

    /** The frontier of one family by one method. */
    static FrontierView of(Study study, FamilyFit family, Method method) {
        FitOutcome<MethodFit> outcome = family.fit(method);
        return outcome.result()
                .flatMap(fit -> fit.frontier().map(frontier -> (FrontierView) answer(study, family, fit, frontier)))
                .orElseGet(() -> none(study, family, method, outcome));
    }

    private static NoAnswer none(Study study, FamilyFit family, Method method, FitOutcome<?> outcome) {
        String reason = Outcomes.reason(outcome);
        return new NoAnswer(
                study.id(),
                family.family(),
                method.label(),
                Outcomes.name(outcome),
                reason == null ? "the method gives no frontier" : reason,
                new Seen(
                        method == Method.A1 ? envelope(family.envelopePoints()) : List.of(),
                        family.eventsSeen(),
                        asOf(study)));
    }

    private static Answer answer(Study study, FamilyFit family, MethodFit fit, Frontier frontier) {
        Optional<EnvelopeFrontier> drawn =
                fit.method() == Method.A1 ? family.envelope().result() : Optional.empty();
        return new Answer(
                study.id(),
                family.family(),
                fit.method().label(),
                fit.convention(),
                new Law(
                        frontier.points().stream().map(Point::of).toList(),
                        frontier.a(),
                        frontier.b(),
                        drawn.map(FrontierView::line).orElseGet(() -> line(frontier)),
                        drawn.map(envelope -> envelope(envelope.points())).orElse(List.of()),
                        fit.flags()),
                new Made(fit.bootstrap().seed(), fit.bootstrap().resamples(), family.eventsSeen(), asOf(study)));
    }

    private static List<LinePoint> line(Frontier frontier) {
        return frontier.points().stream()
                .map(point -> new LinePoint(
                        point.budgetFlops(),
                        point.nOpt(),
                        point.dOpt(),
                        point.lossNats().result().orElse(null)))
                .toList();
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
