package org.plmfrontier.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.plmfrontier.fitting.forecast.BestSize;
import org.plmfrontier.fitting.forecast.ForecastPrior;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * How often the 95 % intervals of the best size, of its tokens, of its loss and of what half and twice the size would cost hold the
 * truth, on planted studies at 1, 3 and 10 times their compute; one row per kind of study. The law is Hoffmann's with exponents of
 * 0.25 to 0.45. In one kind exponents change by up to {@value #MOST_BEND} per e-fold of N and of D, which none of the laws in use can
 * follow. Then all others once more with a law that holds where the data are, and beyond them is off as laws are on public tables: by
 * a factor that grows with each e-fold of compute and is alike for models of similar tokens per parameter, both drawn as {@link
 * ForecastPrior} has them.
 *
 * <p>Arguments: studies (default 200), seed (default 7).
 */
public final class AnswerCoverage {
    private static final double[] FACTORS = {1, 3, 10};
    private static final double NOISE = 0.004;
    private static final int BUDGETS = 5;
    private static final double OUTLIER = 1.05;
    private static final double MOST_BEND = 0.02;
    private static final double TOKENS_PER_PARAMETER = 20;
    private static final double REACH = 6;
    private static final int PLACES = 3000;
    private static final int WAVES = 64;

    /** Kinds of studies; each run has five budgets. */
    private enum Kind {
        USUAL("5 to 7 runs, noise 0.4 %", 5, 3),
        OUTLIER("5 to 7 runs, one loss 5 % too high", 5, 3),
        UNEQUAL("5 to 7 runs, noise of each loss 0.1 to 1 %", 5, 3),
        THREE("3 runs, noise 0.4 %", 3, 1),
        FIVE("5 runs, noise 0.4 %", 5, 1),
        BENT("5 to 7 runs, noise 0.4 %, exponents change", 5, 3);

        private final String words;
        private final int fewest;
        private final int choice;

        Kind(String words, int fewest, int choice) {
            this.words = words;
            this.fewest = fewest;
            this.choice = choice;
        }
    }

    /**
     * What the loss has for want of parameters or of tokens.
     *
     * @param value at the reference
     * @param exponent there
     * @param bend change of the exponent per e-fold
     */
    private record Term(double reference, double value, double exponent, double bend) {
        static Term draw(SplittableRandom random, double reference, boolean bent) {
            double bend = bent ? MOST_BEND * (2 * random.nextDouble() - 1) : 0;
            return new Term(reference, 0.9 * (0.5 + random.nextDouble()), 0.25 + 0.2 * random.nextDouble(), bend);
        }

        double at(double x) {
            double u = Math.log(x / reference);
            return value * Math.exp(-exponent * u + bend * u * u / 2);
        }
    }

    /**
     * A smooth function of the tokens per parameter that says how far a law is off per e-fold of compute beyond the data.
     *
     * @param mostFlops of the data
     * @param perEFold its standard deviation, of ln L
     * @param frequencies of the waves of which it is the sum, per e-fold of tokens per parameter
     * @param phases of these
     */
    private record Drift(double mostFlops, double perEFold, double[] frequencies, double[] phases) {
        static final Drift NONE = new Drift(Double.POSITIVE_INFINITY, 0, new double[0], new double[0]);

        static Drift draw(SplittableRandom random, double mostFlops) {
            ForecastPrior usual = ForecastPrior.USUAL;
            double[] frequencies = new double[WAVES];
            double[] phases = new double[WAVES];
            for (int i = 0; i < WAVES; i++) {
                frequencies[i] = random.nextGaussian() / usual.driftLength();
                phases[i] = 2 * Math.PI * random.nextDouble();
            }
            double perEFold = usual.drift() * Math.exp(usual.driftSpread() * random.nextGaussian());
            return new Drift(mostFlops, perEFold, frequencies, phases);
        }

        /** Logarithm of the factor by which the loss of a run is off. */
        double of(double n, double d) {
            double beyond = Math.log(6 * n * d / mostFlops);
            if (!(beyond > 0)) {
                return 0;
            }
            double ratio = Math.log(d / n);
            double sum = 0;
            for (int i = 0; i < WAVES; i++) {
                sum += Math.cos(frequencies[i] * ratio + phases[i]);
            }
            return perEFold * beyond * Math.sqrt(2.0 / WAVES) * sum;
        }
    }

    /** A planted law. */
    private record Law(double floor, Term parameters, Term tokens, Drift drift) {
        static Law draw(SplittableRandom random, boolean bent) {
            double floor = 1.6 + 0.5 * random.nextDouble();
            return new Law(floor, Term.draw(random, 1e7, bent), Term.draw(random, 2e8, bent), Drift.NONE);
        }

        Law with(Drift other) {
            return new Law(floor, parameters, tokens, other);
        }

        double loss(double n, double d) {
            return (floor + parameters.at(n) + tokens.at(d)) * Math.exp(drift.of(n, d));
        }

        /** By search: the loss at equal compute falls to one minimum within the sizes that are looked at. */
        double best(double computeFlops) {
            double middle = Math.log(computeFlops / 6 / TOKENS_PER_PARAMETER) / 2;
            double best = middle;
            double least = Double.POSITIVE_INFINITY;
            for (int i = -PLACES; i <= PLACES; i++) {
                double n = Math.exp(middle + REACH * i / PLACES);
                double loss = loss(n, computeFlops / 6 / n);
                if (loss < least) {
                    least = loss;
                    best = n;
                }
            }
            return best;
        }
    }

    /**
     * What was answered at one factor, and the truth.
     *
     * @param half loss of half the size that was answered, less that of the size, nats
     * @param twice the same of twice the size
     */
    private record Answered(
            Optional<BestSize> best, double size, double tokens, double loss, double half, double twice) {}

    private AnswerCoverage() {}

    public static void main(String[] args) {
        int studies = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 7;
        System.out.printf(
                "%d studies per row, seed %d: held, mean width in ln, of half and twice the size in nats%n%n"
                        + "| studies | compute | answered | N | D | loss | half | twice |%n|---|---|---|---|---|---|---|---|%n",
                studies, seed);
        for (Kind kind : Kind.values()) {
            print(kind, false, studies, seed);
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.BENT) {
                print(kind, true, studies, seed);
            }
        }
    }

    /**
     * The rows of a kind.
     *
     * @param off whether the law is off beyond the data
     */
    private static void print(Kind kind, boolean off, int studies, long seed) {
        List<List<Answered>> all = LongStream.range(0, studies)
                .parallel()
                .mapToObj(study -> study(kind, off, new SplittableRandom(seed * 1_000_003 + study)))
                .toList();
        for (int k = 0; k < FACTORS.length; k++) {
            int factor = k;
            print(
                    kind.words + (off ? ", off beyond the data" : ""),
                    FACTORS[k],
                    all.stream().map(study -> study.get(factor)).toList());
        }
    }

    private static List<Answered> study(Kind kind, boolean off, SplittableRandom random) {
        Law drawn = Law.draw(random, kind == Kind.BENT);
        Forecaster forecaster = Forecaster.of(losses(drawn, kind, random));
        Law law = off ? drawn.with(Drift.draw(random, forecaster.mostComputeFlops())) : drawn;
        return Arrays.stream(FACTORS)
                .mapToObj(factor -> {
                    double budget = factor * forecaster.mostComputeFlops();
                    double size = law.best(budget);
                    double tokens = budget / 6 / size;
                    Optional<BestSize> best = forecaster.best(budget).result();
                    return new Answered(
                            best,
                            size,
                            tokens,
                            law.loss(size, tokens),
                            best.map(found -> cost(law, found, 0.5)).orElse(0.0),
                            best.map(found -> cost(law, found, 2)).orElse(0.0));
                })
                .toList();
    }

    /** The loss of so many times the size that was answered at the same compute, less that of the size, nats. */
    private static double cost(Law law, BestSize best, double factor) {
        double size = best.parameters().value();
        double tokens = best.tokens().value();
        return law.loss(factor * size, tokens / factor) - law.loss(size, tokens);
    }

    private static void print(String kind, double factor, List<Answered> studies) {
        List<Answered> decided =
                studies.stream().filter(study -> study.best().isPresent()).toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f times | %.1f %% | %s | %s | %s | %s | %s |%n",
                kind,
                factor,
                100.0 * decided.size() / studies.size(),
                cell(decided, BestSize::parameters, Answered::size),
                cell(decided, BestSize::tokens, Answered::tokens),
                cell(
                        decided,
                        best -> new Estimate(
                                best.loss().lossNats(),
                                best.loss().low(),
                                best.loss().high(),
                                Forecaster.LEVEL),
                        Answered::loss),
                inNats(decided, BestSize::half, Answered::half),
                inNats(decided, BestSize::twice, Answered::twice));
    }

    private static String cell(
            List<Answered> decided, Function<BestSize, Estimate> interval, Function<Answered, Double> truth) {
        return cell(decided, interval, truth, estimate -> Math.log(estimate.high() / estimate.low()));
    }

    private static String inNats(
            List<Answered> decided, Function<BestSize, Estimate> interval, Function<Answered, Double> truth) {
        return cell(decided, interval, truth, Estimate::width);
    }

    private static String cell(
            List<Answered> decided,
            Function<BestSize, Estimate> interval,
            Function<Answered, Double> truth,
            ToDoubleFunction<Estimate> widthOf) {
        if (decided.isEmpty()) {
            return "-";
        }
        int held = 0;
        double width = 0;
        for (Answered answer : decided) {
            Estimate estimate = interval.apply(answer.best().orElseThrow());
            held += estimate.covers(truth.apply(answer)) ? 1 : 0;
            width += widthOf.applyAsDouble(estimate);
        }
        return String.format(Locale.ROOT, "%.1f %%, %.3f", 100.0 * held / decided.size(), width / decided.size());
    }

    private static Losses losses(Law law, Kind kind, SplittableRandom random) {
        int n = BUDGETS * (kind.fewest + random.nextInt(kind.choice));
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        for (int i = 0; i < n; i++) {
            int size = Math.floorDiv(i, BUDGETS);
            double noise = kind == Kind.UNEQUAL ? 0.001 * Math.pow(10, random.nextDouble()) : NOISE;
            parameters[i] = 1e6 * Math.pow(2.2, size);
            tokens[i] = 2e7 * Math.pow(2.5, i % BUDGETS) * Math.pow(1.6, size);
            loss[i] = law.loss(parameters[i], tokens[i]) * Math.exp(noise * random.nextGaussian());
        }
        if (kind == Kind.OUTLIER) {
            loss[random.nextInt(n)] *= OUTLIER;
        }
        return Losses.of(parameters, tokens, loss);
    }
}
