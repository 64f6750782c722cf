package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.isoflop.IsoFlopPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;

/**
 * Models at equal compute, for parabolas.
 *
 * <ul>
 *   <li>Final losses whose C lies within a factor {@value #NEIGHBOUR} of a neighbour's, and within {@value #SPAN} of all of
 *       them, share a budget if they are closer to each other than to the next C outside: real FLOPs scatter around the budget
 *       that was meant. Each is moved to the budget's geometric mean
 *       along the slope of the best loss over ln C.
 *   <li>Where most final losses share no budget, the curves are cut at {@value #CUTS} log-spaced budgets.
 * </ul>
 */
final class EqualCompute {
    static final double NEIGHBOUR = 1.2;
    static final double SPAN = 1.5;
    static final int CUTS = 8;
    /** Fewest sizes of a budget that a parabola can use. */
    static final int FEWEST_SIZES = 3;

    private EqualCompute() {}

    /**
     * Profiles of a study, ascending by budget.
     *
     * @param excluded receives one sentence per kind of curves that were not cut
     */
    static List<IsoFlopProfile> of(List<FinalLoss> finals, List<LossCurve> curves, List<String> excluded) {
        List<List<FinalLoss>> all = budgets(finals);
        List<List<FinalLoss>> shared = IntStream.range(0, all.size())
                .filter(b -> hasSizes(all.get(b)) && standsApart(all, b))
                .mapToObj(all::get)
                .toList();
        int sharing = shared.stream().mapToInt(List::size).sum();
        return shared.size() >= 2 && 2 * sharing >= finals.size() ? moved(shared) : cut(curves, excluded);
    }

    private static List<List<FinalLoss>> budgets(List<FinalLoss> finals) {
        List<List<FinalLoss>> budgets = new ArrayList<>();
        double first = 0;
        double before = 0;
        for (FinalLoss loss : finals.stream()
                .sorted(Comparator.comparingDouble(FinalLoss::computeFlops))
                .toList()) {
            if (loss.computeFlops() > NEIGHBOUR * before || loss.computeFlops() > SPAN * first) {
                first = loss.computeFlops();
                budgets.add(new ArrayList<>());
            }
            before = loss.computeFlops();
            budgets.get(budgets.size() - 1).add(loss);
        }
        return budgets;
    }

    /** C that cover a range evenly fall into groups too, but these touch each other. */
    private static boolean standsApart(List<List<FinalLoss>> budgets, int b) {
        double width = last(budgets.get(b)) / first(budgets.get(b));
        return (b == 0 || first(budgets.get(b)) / last(budgets.get(b - 1)) > width)
                && (b == budgets.size() - 1 || first(budgets.get(b + 1)) / last(budgets.get(b)) > width);
    }

    private static double first(List<FinalLoss> budget) {
        return budget.get(0).computeFlops();
    }

    private static double last(List<FinalLoss> budget) {
        return budget.get(budget.size() - 1).computeFlops();
    }

    private static boolean hasSizes(List<FinalLoss> budget) {
        return budget.stream()
                        .mapToDouble(one -> one.loss().parameters())
                        .distinct()
                        .count()
                >= FEWEST_SIZES;
    }

    private static List<IsoFlopProfile> moved(List<List<FinalLoss>> budgets) {
        double[] lnC = budgets.stream().mapToDouble(EqualCompute::lnBudget).toArray();
        double[] best = budgets.stream()
                .mapToDouble(budget -> budget.stream()
                        .mapToDouble(one -> one.loss().lossNats())
                        .min()
                        .orElseThrow())
                .toArray();
        List<IsoFlopProfile> profiles = new ArrayList<>();
        for (int b = 0; b < lnC.length; b++) {
            int left = Math.max(0, b - 1);
            int right = Math.min(lnC.length - 1, b + 1);
            double slope = (best[right] - best[left]) / (lnC[right] - lnC[left]);
            double budget = lnC[b];
            profiles.add(new IsoFlopProfile(
                    Math.exp(budget),
                    budgets.get(b).stream()
                            .map(one -> moved(one, budget, slope))
                            .toList()));
        }
        return profiles;
    }

    private static double lnBudget(List<FinalLoss> budget) {
        return budget.stream()
                .mapToDouble(one -> Math.log(one.computeFlops()))
                .average()
                .orElseThrow();
    }

    /**
     * The same model trained for exactly the budget. At the best size the loss falls with D alone as fast as the best loss
     * falls with C, so that slope is right where it matters.
     */
    private static IsoFlopPoint moved(FinalLoss one, double lnBudget, double slope) {
        double by = lnBudget - Math.log(one.computeFlops());
        return new IsoFlopPoint(
                one.loss().run(),
                one.loss().parameters(),
                one.loss().tokens() * Math.exp(by),
                one.loss().lossNats() + slope * by);
    }

    private static List<IsoFlopProfile> cut(List<LossCurve> curves, List<String> excluded) {
        List<LossCurve> cuttable =
                curves.stream().filter(curve -> !curve.decayed()).toList();
        if (cuttable.size() < curves.size()) {
            excluded.add(String.format(
                    Locale.ROOT,
                    "%d curves of a decaying learning rate are not cut at equal compute: on the way they are no finished models",
                    curves.size() - cuttable.size()));
        }
        if (cuttable.isEmpty()) {
            return List.of();
        }
        Domain all =
                cuttable.stream().map(LossCurve::fresh).reduce(Domain::union).orElseThrow();
        List<IsoFlopProfile> profiles = new ArrayList<>();
        for (double budget : all.logSpaced(CUTS + 2)) {
            List<LossCurve> there = cuttable.stream()
                    .filter(curve -> curve.fresh().contains(budget))
                    .toList();
            if (there.stream().mapToDouble(LossCurve::parameters).distinct().count() >= FEWEST_SIZES) {
                profiles.add(new IsoFlopProfile(
                        budget,
                        there.stream().map(curve -> curve.pointAt(budget)).toList()));
            }
        }
        return profiles;
    }
}
