package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.VerdictsFit;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * A method's result as JSON, the same from a study and from a file. What a method does not give is left out.
 *
 * @param law its coefficients and exponents
 * @param judged the verdicts of the plateau; null for the others
 * @param rival of surfaces that have a second optimum; null for the others
 */
public record FitAnswer(
        @JsonUnwrapped Law law,
        @JsonUnwrapped @Nullable Verdicts judged,
        @JsonUnwrapped @Nullable Rival rival,
        @JsonUnwrapped Rest rest) {

    /**
     * What the method found.
     *
     * @param coefficients by name, see {@link org.plmfrontier.fitting.analysis.Method}
     * @param a exponent of N_opt ~ C^a; null for laws of the loss alone and verdicts
     * @param b exponent of D_opt ~ C^b; null as a is
     * @param estimates coefficients with their intervals; null where none has one
     * @param points the frontier at some budgets
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Law(
            Map<String, Double> coefficients,
            @Nullable Estimate a,
            @Nullable Estimate b,
            @Nullable Map<String, Estimate> estimates,
            List<Point> points) {}

    /** One budget; {@code lossReason} says why there is no loss, and is left out where there is one. */
    public record Point(
            double budgetFlops,
            Estimate nOpt,
            Estimate dOpt,
            Estimate tokensPerParameter,
            @Nullable Estimate lossNats,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String lossReason) {
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

    /**
     * Whether the loss has stopped falling.
     *
     * @param verdicts by run
     * @param pooled on all runs together
     */
    public record Verdicts(Map<String, Verdict> verdicts, Verdict pooled) {}

    /**
     * One verdict.
     *
     * @param verdict NOT_YET, PLATEAU, SCHEDULE_LIMITED, OVERFITTING, UNDECIDED or DIVERGED
     * @param detail the figures that decided
     */
    public record Verdict(String verdict, PlateauVerdict detail) {
        static Verdict of(PlateauVerdict verdict) {
            return new Verdict(name(verdict), verdict);
        }

        /** NotYet becomes NOT_YET. */
        private static String name(PlateauVerdict verdict) {
            return verdict.getClass()
                    .getSimpleName()
                    .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                    .toUpperCase(Locale.ROOT);
        }
    }

    /** Another optimum of a surface that is nearly as good. */
    public record Rival(SecondBasin second) {}

    /**
     * Where a search may end as well.
     *
     * @param objectiveRatio its objective over the best
     */
    public record SecondBasin(double a, double b, double objectiveRatio) {
        static SecondBasin of(RobustFit.SecondBasin second) {
            return new SecondBasin(second.surface().a(), second.surface().b(), second.objectiveRatio());
        }
    }

    /**
     * What the result rests on.
     *
     * @param convergence of surfaces and laws of the loss alone; null for the others
     * @param used curves, budgets or losses that entered
     * @param excluded one sentence each about what was left out
     * @param bootstrap how the intervals were made
     */
    public record Rest(
            Convention convention,
            @Nullable Convergence convergence,
            List<Flag> flags,
            int used,
            List<String> excluded,
            Bootstrap bootstrap) {
        static Rest of(MethodFit fit) {
            return new Rest(
                    fit.convention(),
                    fit.convergence().orElse(null),
                    fit.flags(),
                    fit.used(),
                    fit.excluded(),
                    fit.bootstrap());
        }
    }

    /** Why a method has no result; the form in which a file's answers say so. */
    public record Refusal(String outcome, String reason) {}

    /** The result of a file, whose runs are called by their ids. */
    public static FitAnswer of(MethodFit fit) {
        return of(fit, UnaryOperator.identity());
    }

    /** What is printed for a method of a file: its result, or why there is none. */
    public static Object of(FitOutcome<MethodFit> outcome) {
        return switch (outcome) {
            case FitOutcome.Fitted<MethodFit> fitted -> of(fitted.value());
            case FitOutcome.NotIdentifiable<MethodFit> none -> new Refusal(Outcomes.name(none), none.reason());
            case FitOutcome.NotConverged<MethodFit> none -> new Refusal(Outcomes.name(none), none.reason());
        };
    }

    /**
     * A result.
     *
     * @param runName what a run is called, by its id
     */
    static FitAnswer of(MethodFit fit, UnaryOperator<String> runName) {
        return new FitAnswer(
                new Law(
                        fit.coefficients(),
                        fit.a().orElse(null),
                        fit.b().orElse(null),
                        fit.estimates().isEmpty() ? null : fit.estimates(),
                        fit.frontier().map(Frontier::points).orElse(List.of()).stream()
                                .map(Point::of)
                                .toList()),
                fit instanceof VerdictsFit verdicts ? verdicts(verdicts, runName) : null,
                fit.second().map(SecondBasin::of).map(Rival::new).orElse(null),
                Rest.of(fit));
    }

    private static Verdicts verdicts(VerdictsFit fit, UnaryOperator<String> runName) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        fit.verdicts().forEach((run, verdict) -> verdicts.put(runName.apply(run), Verdict.of(verdict)));
        return new Verdicts(verdicts, Verdict.of(fit.pooled().verdict()));
    }
}
