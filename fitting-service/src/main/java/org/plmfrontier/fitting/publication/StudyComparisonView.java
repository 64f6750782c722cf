package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodWords;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.comparison.Comparability;
import org.plmfrontier.fitting.comparison.Difference;
import org.plmfrontier.fitting.comparison.LossComparison;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Several studies beside each other: their frontiers, and how each differs from the first.
 *
 * @param budgetFlops 6 N D at which losses are compared; null where no member is forecast
 * @param intervals how intervals of differences are made
 * @param members in the order asked, the first the one that others are compared with
 * @param differences of each other member from the first
 * @param methods that have exponents, in words, in the order of the exponents
 * @param caveats one sentence each: where losses are not of one quantity, what is extrapolated, what still trains
 */
public record StudyComparisonView(
        @Nullable Double budgetFlops,
        String intervals,
        List<ComparedMember> members,
        List<PairDifference> differences,
        List<MethodWords> methods,
        List<String> caveats) {
    private static final String INTERVALS =
            "Exponents and losses: the 95 % intervals of both in quadrature, end by end (Zou and Donner 2008), as of independent"
                    + " bootstraps. Compute: as of /effective-compute.";

    /**
     * How a member differs from the first.
     *
     * @param first name of the first member
     * @param other name of this one
     * @param comparable SAME, UNKNOWN, OTHER_HELD_OUT or OTHER_TASK: of what their losses are
     * @param verdict BETTER, WORSE, NOT_TOLD_APART, NOT_COMPARABLE, or UNDECIDED where one of both is not forecast
     * @param sentence the verdict with its numbers, for people
     * @param lossNats loss of this member less that of the first; null where there is none
     * @param computeFactor how many times the budget the first needs for this member's loss; null where there is none
     * @param reason why there is no difference of losses, or else no factor; null where both are there
     * @param exponents by method, approach 1 first
     */
    @StagedBuilder
    public record PairDifference(
            String first,
            String other,
            Comparability.Kind comparable,
            String verdict,
            String sentence,
            @Nullable Estimate lossNats,
            @Nullable Estimate computeFactor,
            @Nullable String reason,
            Map<String, ExponentDifference> exponents) {}

    /**
     * Exponents of this member less those of the first by one method.
     *
     * @param a of N_opt ~ C^a; null where one of both has none
     * @param b of D_opt ~ C^b; null likewise
     * @param reason which one has none, and why; null where both have one
     */
    public record ExponentDifference(
            @Nullable Estimate a,
            @Nullable Estimate b,
            @Nullable String reason) {}

    /** The budget that is meant where none is asked: the largest that every member has trained. Empty where none is forecast. */
    public static OptionalDouble usualBudget(List<ComparedFamily> members) {
        return members.stream()
                .flatMapToDouble(member -> member.mostComputeFlops().stream())
                .min();
    }

    /** Why a budget is refused: it lies too far beyond what a member has trained. */
    public static Optional<String> refusal(List<ComparedFamily> members, double budgetFlops) {
        return members.stream()
                .flatMap(member -> AnswerView.refusal(member.known(), budgetFlops).stream()
                        .map(reason -> "study '" + member.name() + "': " + reason))
                .findFirst();
    }

    /**
     * The view of a comparison.
     *
     * @param members at least two
     * @param budget 6 N D
     */
    public static StudyComparisonView of(List<ComparedFamily> members, OptionalDouble budget) {
        List<ComparedMember> views = members.stream()
                .map(member -> ComparedMember.of(member, budget))
                .toList();
        List<PairDifference> pairs = new ArrayList<>();
        Set<String> caveats = new LinkedHashSet<>();
        for (int i = 1; i < members.size(); i++) {
            Comparability comparability = Comparability.of(
                    members.getFirst().name(),
                    members.getFirst().measurement(),
                    members.get(i).name(),
                    members.get(i).measurement());
            caveats.addAll(comparability.caveats());
            pairs.add(pair(
                    members.getFirst(),
                    members.get(i),
                    comparability,
                    budget,
                    differences(views.getFirst(), views.get(i))));
        }
        views.forEach(view -> caveats.addAll(caveats(view, budget.orElse(0))));
        return new StudyComparisonView(
                budget.isPresent() ? budget.getAsDouble() : null,
                INTERVALS,
                views,
                pairs,
                Methods.live(Methods.Answers.FRONTIER).stream()
                        .map(Method::words)
                        .toList(),
                List.copyOf(caveats));
    }

    private static PairDifference pair(
            ComparedFamily first,
            ComparedFamily other,
            Comparability comparability,
            OptionalDouble budget,
            Map<String, ExponentDifference> exponents) {
        FitOutcome<LossComparison> outcome = comparability.kind() == Comparability.Kind.OTHER_TASK
                ? FitOutcome.notIdentifiable(comparability.caveats().getFirst())
                : compared(first, other, budget);
        Optional<LossComparison> found = outcome.result();
        return StudyComparisonViewPairDifferenceBuilder.builder()
                .first(first.name())
                .other(other.name())
                .comparable(comparability.kind())
                .verdict(verdict(comparability, found))
                .sentence(sentence(first.name(), other.name(), comparability, outcome))
                .exponents(exponents)
                .lossNats(found.map(LossComparison::lossNats).orElse(null))
                .computeFactor(found.flatMap(LossComparison::factor).orElse(null))
                .reason(reason(outcome))
                .build();
    }

    /** Why there is no difference of losses, or no factor. */
    private static @Nullable String reason(FitOutcome<LossComparison> outcome) {
        return outcome.result().isPresent()
                ? Outcomes.reason(outcome.result().get().compute())
                : Outcomes.reason(outcome);
    }

    private static FitOutcome<LossComparison> compared(
            ComparedFamily first, ComparedFamily other, OptionalDouble budget) {
        return first.known()
                .flatMap(one -> other.known()
                        .map(two -> LossComparison.of(one.forecaster(), two.forecaster(), budget.orElseThrow())));
    }

    private static String verdict(Comparability comparability, Optional<LossComparison> found) {
        if (comparability.kind() == Comparability.Kind.OTHER_TASK) {
            return "NOT_COMPARABLE";
        }
        return found.map(comparison ->
                        comparability.tells() ? comparison.standing().name() : "NOT_COMPARABLE")
                .orElse("UNDECIDED");
    }

    private static String sentence(
            String first, String other, Comparability comparability, FitOutcome<LossComparison> outcome) {
        String apart = String.format(Locale.ROOT, "%s and %s are not comparable: ", other, first);
        if (comparability.kind() == Comparability.Kind.OTHER_TASK) {
            return apart + comparability.caveats().getFirst();
        }
        if (outcome.result().isEmpty()) {
            return "Nothing is decided between " + other + " and " + first + ": " + Outcomes.reason(outcome);
        }
        LossComparison found = outcome.result().get();
        return comparability.tells()
                ? found.sentence(first, other) + "."
                : apart
                        + comparability.caveats().getFirst()
                        + String.format(
                                Locale.ROOT,
                                " At face value, with %.3g FLOPs (6 N D), %s.",
                                found.budgetFlops(),
                                found.figures(first, other));
    }

    private static Map<String, ExponentDifference> differences(ComparedMember first, ComparedMember other) {
        Map<String, ExponentDifference> all = new LinkedHashMap<>();
        first.exponents()
                .forEach((method, one) -> all.put(
                        method,
                        difference(
                                first,
                                one,
                                other,
                                Objects.requireNonNull(other.exponents().get(method), method))));
        return all;
    }

    private static ExponentDifference difference(
            ComparedMember first,
            ComparedMember.MethodExponents one,
            ComparedMember other,
            ComparedMember.MethodExponents two) {
        String reason = reason(first.name(), one.reason(), other.name(), two.reason());
        return reason == null
                ? new ExponentDifference(of(one.a(), two.a()), of(one.b(), two.b()), null)
                : new ExponentDifference(null, null, reason);
    }

    private static @Nullable String reason(String first, @Nullable String one, String other, @Nullable String two) {
        if (one == null) {
            return two == null ? null : other + ": " + two;
        }
        if (two == null) {
            return first + ": " + one;
        }
        return one.equals(two) ? "both: " + one : first + ": " + one + "; " + other + ": " + two;
    }

    private static @Nullable Estimate of(@Nullable Estimate one, @Nullable Estimate two) {
        return one == null || two == null ? null : Difference.of(one, two);
    }

    /** What is to be known of a member alone. */
    private static List<String> caveats(ComparedMember member, double budgetFlops) {
        List<String> caveats = new ArrayList<>();
        int open = member.trained().runs() - member.trained().runsOver();
        if (open > 0) {
            caveats.add(String.format(
                    Locale.ROOT,
                    "%s is not over: %d of %d runs are; what it says will change.",
                    member.name(),
                    member.trained().runsOver(),
                    member.trained().runs()));
        }
        Double beyond = member.ahead().beyond();
        if (beyond != null && beyond > 1.01) {
            caveats.add(String.format(
                    Locale.ROOT,
                    "The budget is %.3g times the most that %s was trained with: its loss there is extrapolated.",
                    beyond,
                    member.name()));
        }
        List<ComparedMember.FinalAt> finals = member.lines().finals();
        ComparedMember.AtBudget ahead = member.ahead().atBudget();
        if (ahead != null
                && !finals.isEmpty()
                && budgetFlops < finals.getFirst().computeFlops() / 1.01) {
            caveats.add(String.format(
                    Locale.ROOT,
                    "The budget lies below the %.3g FLOPs of the least final loss of %s: its loss there is extrapolated.",
                    finals.getFirst().computeFlops(),
                    member.name()));
        }
        return caveats;
    }
}
