package org.plmfrontier.fitting.plateau;

import static org.plmfrontier.fitting.plateau.Evidence.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * By how much the next doubling of compute will lower a loss, if the learning rate stays as it is. Three predictions are made:
 * of a power law with a floor and of one without, fitted to the late part of the curve ({@link Tail}), and that the fall over the
 * last doubling goes on a little slower. The same is done with the curve as it was one doubling ago, two doublings ago and so on,
 * and compared with what came: each prediction counts by how good it was and has an error of its own as its past shows it, later
 * errors counting more. What is said is the mixture of the three: its median and its quantiles, so that the interval holds all of them where they
 * contradict one another and nothing tells yet which is right. Errors are counted in units of what is usual, which grows with the fall over
 * the doubling before, under a prior that stands where there are few: Bayesian model averaging of normal errors of unknown
 * variance, with the conjugate prior (Hoeting et al. 1999; Gelman et al., Bayesian Data Analysis, section 2.6).
 *
 * @param fallNats what the loss will be lower by, nats per residue; negative where it may rise
 */
public record NextDoubling(Estimate fallNats) {
    /** Past doublings that are looked at. */
    private static final int MOST_DOUBLINGS = 5;
    /** What an error counts that is one doubling older than another. */
    private static final double FADING = 0.5;
    /** Usual error of a curve that does not fall, nats: a quarter of what repeated runs differ by. */
    private static final double USUAL_NATS = 0.003;
    /** Usual error as a share of the fall over the doubling before. */
    private static final double USUAL_SHARE = 0.35;
    /**
     * How many past errors the prior counts as, which takes the usual one for true. Chosen on the recorded curves
     * ({@code RecordedCurves} in benchmarks).
     */
    private static final double PRIOR_WEIGHT = 8;
    /** Share of a doubling's fall that the next one brings, as where the reducible loss goes with C^-0.23. */
    private static final double GOES_ON = 0.85;

    /**
     * One doubling that is over, in units of the usual error.
     *
     * @param predicted one of each kind
     */
    private record Past(double[] predicted, double fall, double weight) {
        double square(double prediction) {
            return weight * (fall - prediction) * (fall - prediction);
        }
    }

    /** Empty where the late part of the curve has fewer than {@value Tail#FEWEST} cells. */
    static Optional<NextDoubling> of(JudgedCurve curve, double level) {
        double now = Math.log(curve.domain().maxFlops());
        Tail tail = Tail.of(curve, now);
        if (tail.size() < Tail.FEWEST) {
            return Optional.empty();
        }
        List<Past> past = past(curve, now);
        double count = PRIOR_WEIGHT + past.stream().mapToDouble(Past::weight).sum();
        double[] squares = squares(past);
        double unit = usualError(curve, now);
        double noise = Math.sqrt(2) * curve.training().standardErrorNats();
        double[] scales = Arrays.stream(squares)
                .map(square -> Math.hypot(unit * Math.sqrt(square / count), noise))
                .toArray();
        StudentMixture fall = new StudentMixture(predictions(curve, tail, now), scales, shares(squares, count), count);
        return Optional.of(new NextDoubling(new Estimate(
                fall.quantile(0.5), fall.quantile((1 - level) / 2), fall.quantile((1 + level) / 2), level)));
    }

    private static List<Past> past(JudgedCurve curve, double now) {
        List<Past> past = new ArrayList<>();
        double first = Math.log(curve.domain().minFlops());
        for (int k = 1; k <= MOST_DOUBLINGS; k++) {
            double then = now - k * Math.log(2);
            Tail tail = Tail.of(curve, then);
            if (then - first < Math.log(Evidence.SHORTEST_SPAN) || tail.size() < Tail.FEWEST) {
                break;
            }
            double unit = usualError(curve, then);
            past.add(new Past(
                    Arrays.stream(predictions(curve, tail, then))
                            .map(fall -> fall / unit)
                            .toArray(),
                    fall(curve, then + Math.log(2)) / unit,
                    Math.pow(FADING, k - 1)));
        }
        return past;
    }

    /** Of all three kinds, nats. */
    private static double[] predictions(JudgedCurve curve, Tail tail, double lnFlops) {
        double ahead = Math.log(2);
        var floor = tail.withFloor();
        var plain = tail.withoutFloor();
        return new double[] {
            floor.at(0) - floor.at(ahead), plain.at(0) - plain.at(ahead), GOES_ON * fall(curve, lnFlops)
        };
    }

    /** What the loss fell by over the doubling that ended there, nats. */
    private static double fall(JudgedCurve curve, double lnFlops) {
        Domain domain = curve.domain();
        double end = Math.min(domain.maxFlops(), Math.exp(lnFlops));
        return curve.lossAt(Math.max(domain.minFlops(), end / 2)) - curve.lossAt(end);
    }

    private static double usualError(JudgedCurve curve, double lnFlops) {
        return Math.hypot(USUAL_NATS, USUAL_SHARE * fall(curve, lnFlops));
    }

    /** Sum of the squared errors of each kind, the prior's among them. */
    private static double[] squares(List<Past> past) {
        double[] squares = new double[3];
        for (int kind = 0; kind < squares.length; kind++) {
            squares[kind] = PRIOR_WEIGHT;
            for (Past at : past) {
                squares[kind] += at.square(at.predicted()[kind]);
            }
        }
        return squares;
    }

    /** Marginal likelihood of each kind under errors of unknown variance, summing to one. */
    private static double[] shares(double[] squares, double count) {
        double[] likelihoods = Arrays.stream(squares)
                .map(square -> Math.pow(square, -count / 2))
                .toArray();
        double sum = Arrays.stream(likelihoods).sum();
        return Arrays.stream(likelihoods).map(likelihood -> likelihood / sum).toArray();
    }

    /** To three decimals, without a sign of zero. */
    private static double rounded(double nats) {
        return Math.rint(1000 * nats) / 1000 + 0.0;
    }

    /** As a sentence tells it. */
    String words() {
        return text(
                "the next doubling will lower it by %.3f nats [%.3f, %.3f]",
                rounded(fallNats.value()), rounded(fallNats.low()), rounded(fallNats.high()));
    }
}
