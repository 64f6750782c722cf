package org.plmfrontier.fitting.frontier;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What every method says about one budget, side by side, and what they say together. They agree if at least two of them
 * answer and if one N and one D lie within the intervals of all that answer. Then the consensus is the geometric mean of
 * their values with the hull of their intervals: the methods read the same data, so agreement narrows nothing. On one data
 * set the exponent moves from 0.42 to 0.77 with the method, so without agreement there is no number.
 *
 * @param budgetFlops training FLOPs to spend
 * @param answers by method, in the order asked
 * @param together the consensus, or why there is none
 */
public record Consensus(
        double budgetFlops, Map<String, FitOutcome<FrontierPoint>> answers, FitOutcome<FrontierPoint> together) {
    public Consensus {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** Reads all frontiers at the budget. */
    public static Consensus at(double budgetFlops, Map<String, FitOutcome<FrontierAt>> frontiers) {
        Map<String, FitOutcome<FrontierPoint>> answers = new LinkedHashMap<>();
        frontiers.forEach((method, frontier) -> answers.put(method, frontier.flatMap(f -> f.at(budgetFlops))));
        Map<String, FrontierPoint> points = new LinkedHashMap<>();
        answers.forEach((method, answer) -> answer.result().ifPresent(point -> points.put(method, point)));
        return new Consensus(budgetFlops, answers, together(budgetFlops, points));
    }

    private static FitOutcome<FrontierPoint> together(double budgetFlops, Map<String, FrontierPoint> points) {
        if (points.size() < 2) {
            return Agreement.tooFew(points);
        }
        String apart = Stream.of(
                        Agreement.apart("N", estimates(points, FrontierPoint::nOpt)),
                        Agreement.apart("D", estimates(points, FrontierPoint::dOpt)))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining("; "));
        if (!apart.isEmpty()) {
            return FitOutcome.notIdentifiable("the methods do not agree: " + apart);
        }
        List<FrontierPoint> all = List.copyOf(points.values());
        return FitOutcome.fitted(new FrontierPoint(
                budgetFlops,
                hull(all, FrontierPoint::nOpt),
                hull(all, FrontierPoint::dOpt),
                hull(all, FrontierPoint::tokensPerParameter),
                loss(all)));
    }

    private static Map<String, Estimate> estimates(
            Map<String, FrontierPoint> points, Function<FrontierPoint, Estimate> of) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        points.forEach((method, point) -> estimates.put(method, of.apply(point)));
        return estimates;
    }

    private static Estimate hull(List<FrontierPoint> points, Function<FrontierPoint, Estimate> of) {
        List<Estimate> estimates = points.stream().map(of).toList();
        return new Estimate(
                Math.exp(estimates.stream()
                        .mapToDouble(e -> Math.log(e.value()))
                        .average()
                        .orElseThrow()),
                estimates.stream().mapToDouble(Estimate::low).min().orElseThrow(),
                estimates.stream().mapToDouble(Estimate::high).max().orElseThrow(),
                estimates.get(0).level());
    }

    private static FitOutcome<Estimate> loss(List<FrontierPoint> points) {
        List<FrontierPoint> known =
                points.stream().filter(p -> p.lossNats().result().isPresent()).toList();
        return known.isEmpty()
                ? points.get(0).lossNats()
                : FitOutcome.fitted(hull(known, p -> p.lossNats().result().orElseThrow()));
    }
}
