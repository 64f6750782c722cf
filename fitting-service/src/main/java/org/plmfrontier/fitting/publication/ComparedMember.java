package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.comparison.LossComparison;
import org.plmfrontier.fitting.comparison.Measurement;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.forecast.BestSize;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;

/**
 * One member of a comparison. Every compute here is 6 N D, which all members have whatever C their curves have.
 *
 * @param name the study, with its family where it has several
 * @param family null before the first fit
 * @param trained what was trained
 * @param lines what is drawn
 * @param ahead what is forecast
 * @param exponents of the frontier by method, approach 1 first
 */
@StagedBuilder
public record ComparedMember(
        String name,
        String study,
        @Nullable String family,
        @JsonUnwrapped Trained trained,
        @JsonUnwrapped DrawnLines lines,
        @JsonUnwrapped MemberForecast ahead,
        Map<String, MethodExponents> exponents) {
    /** Losses that are drawn. */
    private static final int MOST_FINALS = 400;

    private static final int MOST_ENVELOPE = 151;
    private static final int LAW = 25;

    /**
     * What was trained.
     *
     * @param corpora ids; empty of files, which name none
     * @param recipes names; empty of files
     * @param task MASKED, CAUSAL or UNKNOWN, as of files
     * @param runsOver runs that are completed or diverged
     * @param sizes different N, ascending
     * @param convention which N, D and C the methods that read curves have
     */
    @StagedBuilder
    public record Trained(
            List<String> corpora,
            List<String> recipes,
            Measurement.Task task,
            int runs,
            int runsOver,
            List<Double> sizes,
            Convention convention) {
        private static Trained of(ComparedFamily member) {
            List<Run> runs = member.runs();
            Measurement measurement = member.measurement();
            return ComparedMemberTrainedBuilder.builder()
                    .corpora(List.copyOf(measurement.heldOut()))
                    .recipes(runs.stream()
                            .flatMap(run -> run.spec().stream())
                            .map(plan -> plan.recipe().name())
                            .distinct()
                            .sorted()
                            .toList())
                    .task(measurement.task())
                    .runs(runs.size())
                    .runsOver(Math.toIntExact(
                            runs.stream().filter(run -> run.state().isFinal()).count()))
                    .sizes(runs.stream()
                            .map(Run::parameters)
                            .distinct()
                            .sorted()
                            .toList())
                    .convention(measurement.convention())
                    .build();
        }
    }

    /**
     * What is drawn.
     *
     * @param finals final losses, or what stands for them, ascending by compute; every second, third ... of more than 400
     * @param envelope the lowest loss at each compute: of smoothed curves, of final losses where there is no curve
     * @param law the least loss over all sizes as it is forecast, from the least compute of the finals to the budget
     */
    public record DrawnLines(List<FinalAt> finals, List<EnvelopePlace> envelope, List<LeastLossAt> law) {}

    /** A final loss. */
    public record FinalAt(double computeFlops, double parameters, double tokens, double lossNats) {}

    /** A point of the envelope. */
    public record EnvelopePlace(double computeFlops, double lossNats) {}

    /** The least loss at a compute. */
    public record LeastLossAt(double computeFlops, Estimate lossNats) {}

    /**
     * What is forecast.
     *
     * @param outcome FITTED, or NOT_IDENTIFIABLE with the reason
     * @param mostComputeFlops the most that was trained; null where nothing is forecast
     * @param beyond the budget over it; null where nothing is forecast
     * @param atBudget null where nothing is forecast
     */
    public record MemberForecast(
            String outcome,
            @Nullable String reason,
            @Nullable Double mostComputeFlops,
            @Nullable Double beyond,
            @Nullable AtBudget atBudget) {
        private static MemberForecast of(ComparedFamily member, OptionalDouble budget) {
            Optional<Forecaster> found = member.forecaster();
            boolean any = found.isPresent() && budget.isPresent();
            return new MemberForecast(
                    Outcomes.name(member.known()),
                    Outcomes.reason(member.known()),
                    found.map(Forecaster::mostComputeFlops).orElse(null),
                    any ? (Double) (budget.getAsDouble() / found.get().mostComputeFlops()) : null,
                    any ? AtBudget.of(found.get(), budget.getAsDouble()) : null);
        }
    }

    /**
     * What the budget brings with the best size.
     *
     * @param parameters N; null where the best size is not decided
     * @param tokens D; null where the best size is not decided
     * @param sizeReason why it is not; null where it is
     */
    public record AtBudget(
            Estimate lossNats,
            @Nullable Estimate parameters,
            @Nullable Estimate tokens,
            @Nullable String sizeReason) {
        private static AtBudget of(Forecaster forecaster, double budget) {
            FitOutcome<BestSize> best = forecaster.best(budget);
            return new AtBudget(
                    LossComparison.loss(forecaster.leastLoss(budget)),
                    best.result().map(BestSize::parameters).orElse(null),
                    best.result().map(BestSize::tokens).orElse(null),
                    Outcomes.reason(best));
        }
    }

    /**
     * MethodExponents of the frontier by one method.
     *
     * @param a of N_opt ~ C^a; null where the method does not answer
     * @param b of D_opt ~ C^b; null likewise
     * @param reason why it does not; null where it does
     */
    public record MethodExponents(
            @Nullable Estimate a,
            @Nullable Estimate b,
            @Nullable String reason) {}

    /**
     * The view of a member.
     *
     * @param budget 6 N D; empty where no member is forecast
     */
    static ComparedMember of(ComparedFamily member, OptionalDouble budget) {
        return ComparedMemberBuilder.builder()
                .name(member.name())
                .study(member.study().id())
                .trained(Trained.of(member))
                .lines(lines(member, budget))
                .ahead(MemberForecast.of(member, budget))
                .exponents(exponents(member))
                .family(member.family().map(FamilyFit::family).orElse(null))
                .build();
    }

    private static Map<String, MethodExponents> exponents(ComparedFamily member) {
        Map<String, MethodExponents> all = new LinkedHashMap<>();
        for (Method method : Methods.live(Methods.Answers.FRONTIER)) {
            all.put(
                    method.label(),
                    member.family()
                            .map(fit -> fit.fit(method))
                            .map(outcome -> new MethodExponents(
                                    outcome.result().flatMap(fit -> fit.a()).orElse(null),
                                    outcome.result().flatMap(fit -> fit.b()).orElse(null),
                                    Outcomes.reason(outcome)))
                            .orElseGet(() -> new MethodExponents(null, null, Outcomes.reason(member.known()))));
        }
        return all;
    }

    private static DrawnLines lines(ComparedFamily member, OptionalDouble budget) {
        if (member.family().isEmpty()) {
            return new DrawnLines(List.of(), List.of(), List.of());
        }
        FamilyFit family = member.family().get();
        List<FinalAt> finals = finals(family.data().observations());
        List<EnvelopePlace> curves = family.envelopePoints().stream()
                .map(point -> new EnvelopePlace(6 * point.parameters() * point.tokens(), point.lossNats()))
                .toList();
        List<EnvelopePlace> ends = finals.stream()
                .map(end -> new EnvelopePlace(end.computeFlops(), end.lossNats()))
                .toList();
        return new DrawnLines(
                thinned(finals, MOST_FINALS),
                thinned(lowest(curves.isEmpty() ? ends : curves), MOST_ENVELOPE),
                member.forecaster()
                        .filter(found -> budget.isPresent() && !finals.isEmpty())
                        .map(found -> law(found, finals.getFirst().computeFlops(), budget.getAsDouble()))
                        .orElse(List.of()));
    }

    private static List<FinalAt> finals(Observations losses) {
        return IntStream.range(0, losses.size())
                .mapToObj(i -> new FinalAt(
                        6 * losses.parameters()[i] * losses.tokens()[i],
                        losses.parameters()[i],
                        losses.tokens()[i],
                        losses.lossNats()[i]))
                .sorted(Comparator.comparingDouble(FinalAt::computeFlops))
                .toList();
    }

    /** Those below all of less compute. */
    private static List<EnvelopePlace> lowest(List<EnvelopePlace> places) {
        List<EnvelopePlace> lowest = new ArrayList<>();
        places.stream()
                .sorted(Comparator.comparingDouble(EnvelopePlace::computeFlops)
                        .thenComparingDouble(EnvelopePlace::lossNats))
                .filter(place ->
                        lowest.isEmpty() || place.lossNats() < lowest.getLast().lossNats())
                .forEachOrdered(lowest::add);
        return lowest;
    }

    private static List<LeastLossAt> law(Forecaster forecaster, double least, double budget) {
        double most = Math.max(forecaster.mostComputeFlops(), budget);
        double from = Math.min(least, budget);
        if (!(from < most)) {
            return List.of();
        }
        return Arrays.stream(new Domain(from, most).logSpaced(LAW))
                .mapToObj(flops -> new LeastLossAt(flops, LossComparison.loss(forecaster.leastLoss(flops))))
                .toList();
    }

    /** Every second, third ... of more than so many, the last among them. */
    private static <T> List<T> thinned(List<T> all, int most) {
        int every = Math.max(1, (all.size() + most - 2) / (most - 1));
        return IntStream.range(0, all.size())
                .filter(i -> i % every == 0 || i == all.size() - 1)
                .mapToObj(all::get)
                .toList();
    }
}
