package org.plmfrontier.fitting.plateau;

import static org.plmfrontier.fitting.plateau.Evidence.text;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * The verdict on a study: is there one loss to which runs of all sizes converge? A floor of the data does not depend on the
 * size of the model; a floor that falls with the size is the models'. The questions are asked in this order, the first yes
 * decides. Undecided runs have no vote.
 *
 * <ol>
 *   <li>No run has a vote, or all diverged: Undecided, or Diverged.
 *   <li>Most votes say Overfitting, or ScheduleLimited: that, with the best of them as its figures.
 *   <li>A run of at least the size of the largest at a plateau still falls, or nobody is at one: NotYet.
 *   <li>Fewer than {@value #FEWEST_SIZES} sizes are at a plateau, or they span less than a factor {@value #LEAST_SPAN} in N:
 *       Undecided, since agreement across sizes cannot show.
 *   <li>Two floors are further apart than {@value #SAME_NATS} nats (twice what repeated runs differ by) and their intervals do
 *       not meet: NotYet if the larger model has the lower floor, for then more parameters still lower the loss; else
 *       Undecided.
 *   <li>Else Plateau: the mean of the floors weighted by the inverse squares of their intervals, with the hull of the
 *       intervals, and the FLOPs of the run that got there with the least.
 * </ol>
 *
 * @param verdict on the study
 * @param runs what it rests on, ascending by N
 */
public record PooledPlateau(PlateauVerdict verdict, List<RunVerdict> runs) {
    /** Two sizes agree by chance; three do not. */
    static final int FEWEST_SIZES = 3;
    /** Over less, a power law of N with an exponent of 0.1 moves less than 15 % of what is reducible. */
    static final double LEAST_SPAN = 4;

    static final double SAME_NATS = 0.03;

    public PooledPlateau {
        runs = List.copyOf(runs);
    }

    /** Pools the verdicts of a study's runs. */
    public static PooledPlateau of(List<RunVerdict> verdicts) {
        List<RunVerdict> runs = verdicts.stream()
                .sorted(Comparator.comparingDouble(RunVerdict::parameters).thenComparing(RunVerdict::runId))
                .toList();
        return new PooledPlateau(judge(runs), runs);
    }

    private static PlateauVerdict judge(List<RunVerdict> runs) {
        List<PlateauVerdict> votes = runs.stream()
                .map(RunVerdict::verdict)
                .filter(v -> !(v instanceof PlateauVerdict.Undecided || v instanceof PlateauVerdict.Diverged))
                .toList();
        if (votes.isEmpty()) {
            boolean lost = runs.stream().anyMatch(r -> r.verdict() instanceof PlateauVerdict.Diverged);
            return lost
                    ? new PlateauVerdict.Diverged("every run that can be judged diverged")
                    : new PlateauVerdict.Undecided("no run of " + runs.size() + " can be judged yet");
        }
        return overfitting(votes)
                .or(() -> scheduleLimited(votes))
                .or(() -> stillFalling(runs))
                .orElseGet(() -> agreement(plateaus(runs)));
    }

    private static Optional<PlateauVerdict> overfitting(List<PlateauVerdict> votes) {
        List<PlateauVerdict.Overfitting> own = ofKind(votes, PlateauVerdict.Overfitting.class);
        return own.stream()
                .min(Comparator.comparingDouble(PlateauVerdict.Overfitting::minimumNats))
                .filter(best -> 2 * own.size() > votes.size())
                .map(best -> new PlateauVerdict.Overfitting(
                        text("%d of %d runs have passed their minimum", own.size(), votes.size()),
                        best.minimumNats(),
                        best.minimumFlops()));
    }

    private static Optional<PlateauVerdict> scheduleLimited(List<PlateauVerdict> votes) {
        List<PlateauVerdict.ScheduleLimited> own = ofKind(votes, PlateauVerdict.ScheduleLimited.class);
        return own.stream()
                .max(Comparator.comparingDouble(PlateauVerdict.ScheduleLimited::learningRateShare))
                .filter(best -> 2 * own.size() > votes.size())
                .map(best -> new PlateauVerdict.ScheduleLimited(
                        text(
                                "%d of %d runs stand at the end of their learning-rate schedule",
                                own.size(), votes.size()),
                        best.learningRateShare()));
    }

    private static Optional<PlateauVerdict> stillFalling(List<RunVerdict> runs) {
        List<RunVerdict> plateaus = plateaus(runs);
        double largest =
                plateaus.isEmpty() ? 0 : plateaus.get(plateaus.size() - 1).parameters();
        List<RunVerdict> falling = runs.stream()
                .filter(r -> r.verdict() instanceof PlateauVerdict.NotYet && r.parameters() >= largest)
                .toList();
        if (!falling.isEmpty()) {
            return Optional.of(new PlateauVerdict.NotYet(text(
                    "the loss of run %s, N = %.3g, still falls",
                    falling.get(falling.size() - 1).runId(),
                    falling.get(falling.size() - 1).parameters())));
        }
        return plateaus.isEmpty()
                ? Optional.of(new PlateauVerdict.Undecided("the runs that can be judged say different things"))
                : Optional.empty();
    }

    private static PlateauVerdict agreement(List<RunVerdict> plateaus) {
        double smallest = plateaus.get(0).parameters();
        double largest = plateaus.get(plateaus.size() - 1).parameters();
        long sizes =
                plateaus.stream().mapToDouble(RunVerdict::parameters).distinct().count();
        if (sizes < FEWEST_SIZES || largest < LEAST_SPAN * smallest) {
            return new PlateauVerdict.Undecided(text(
                    "%d sizes spanning a factor %.1f in N are at a floor, %d spanning %.0f are needed to see agreement",
                    sizes, largest / smallest, FEWEST_SIZES, LEAST_SPAN));
        }
        for (RunVerdict small : plateaus) {
            for (RunVerdict large : plateaus) {
                if (small.parameters() < large.parameters() && apart(floor(small), floor(large))) {
                    return disagreement(small, large);
                }
            }
        }
        return pooled(plateaus.stream().map(r -> (Plateau) r.verdict()).toList());
    }

    private static boolean apart(Estimate one, Estimate other) {
        return Math.abs(one.value() - other.value()) > SAME_NATS
                && (one.low() > other.high() || other.low() > one.high());
    }

    private static PlateauVerdict disagreement(RunVerdict small, RunVerdict large) {
        double low = floor(large).value();
        double high = floor(small).value();
        return low < high
                ? new PlateauVerdict.NotYet(text(
                        "floors fall with the size, from %.3f nats at N = %.3g to %.3f at N = %.3g: they are the models', not"
                                + " the data's",
                        high, small.parameters(), low, large.parameters()))
                : new PlateauVerdict.Undecided(text(
                        "floors rise with the size, from %.3f nats at N = %.3g to %.3f at N = %.3g",
                        high, small.parameters(), low, large.parameters()));
    }

    private static Plateau pooled(List<Plateau> plateaus) {
        double weights = 0;
        double sum = 0;
        for (Plateau plateau : plateaus) {
            double weight = 1 / Math.pow(Math.max(1e-4, plateau.lInf().width()), 2);
            weights += weight;
            sum += weight * plateau.lInf().value();
        }
        double low = plateaus.stream().mapToDouble(p -> p.lInf().low()).min().orElseThrow();
        double high = plateaus.stream().mapToDouble(p -> p.lInf().high()).max().orElseThrow();
        Plateau first = plateaus.stream()
                .min(Comparator.comparingDouble(Plateau::flopsTo100))
                .orElseThrow();
        double value = Math.min(high, Math.max(low, sum / weights));
        return new Plateau(
                text("%d runs of different sizes converge to %.3f nats", plateaus.size(), value),
                new Estimate(value, low, high, first.lInf().level()),
                first.flopsTo90(),
                first.flopsTo95(),
                first.flopsTo100());
    }

    private static Estimate floor(RunVerdict run) {
        return ((Plateau) run.verdict()).lInf();
    }

    private static List<RunVerdict> plateaus(List<RunVerdict> runs) {
        return runs.stream().filter(r -> r.verdict() instanceof Plateau).toList();
    }

    private static <T extends PlateauVerdict> List<T> ofKind(List<PlateauVerdict> votes, Class<T> kind) {
        return votes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
