package org.plmfrontier.fitting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Forecasts of losses from those that are known: several laws, each with its error as its own past shows it, weighted by how well
 * they would have predicted what is known by now. Immutable once made; making one takes some hundred fits.
 */
public final class Forecaster implements LossPredictor {
    /** Probability with which an interval holds the loss. */
    public static final double LEVEL = 0.95;

    /** How far beyond the most compute that was trained anything is forecast, in 6 N D. */
    public static final double FURTHEST = 10_000;

    /** Most losses that a running suite takes: the time to make a forecaster with its backtest grows with their cube. */
    public static final int MOST = 120;

    /** Fewest losses from which anything is forecast. */
    public static final int FEWEST = PastError.FEWEST;

    private static final double LN_SIX = Math.log(6);

    /** Sizes are looked for about this many tokens per parameter, and {@value #REACH} e-folds to either side. */
    private static final double TOKENS_PER_PARAMETER = 20;

    private static final double REACH = 4.5;
    private static final int SIZES = 91;
    private static final int DRAWS = 400;
    /** Seed of the draws of best sizes; a loss is forecast without any draw. */
    public static final long SEED = 1;

    /** Share of the draws whose best size may be the smallest or the largest. */
    private static final double MOST_AT_EDGES = 0.05;

    private static final TDistribution SPREAD = new TDistribution(6);
    private static final double QUANTILE = SPREAD.inverseCumulativeProbability((1 + LEVEL) / 2);

    private final List<Member> members;
    private final Tried tried;

    /** One law with its past and its share. */
    private record Member(LossLaw law, LawModel model, List<PastError> past, Calibration calibration, double weight) {}

    private Forecaster(List<Member> members, Tried tried) {
        this.members = members;
        this.tried = tried;
    }

    /**
     * A forecaster of losses.
     *
     * @throws IllegalArgumentException where there are fewer than {@value #FEWEST}
     */
    public static Forecaster of(Losses losses) {
        if (losses.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "a forecast needs at least " + FEWEST + " final losses, there are " + losses.size());
        }
        List<Member> members = Arrays.stream(LossLaw.values())
                .map(law -> new Member(
                        law, LawModel.of(law, losses), PastError.of(law, losses), new Calibration(1, 0, 0, 1), 1))
                .toList();
        return new Forecaster(members, Tried.of(losses)).withPrior(ForecastPrior.USUAL);
    }

    /** The same laws and their past, judged under another prior. */
    public Forecaster withPrior(ForecastPrior wanted) {
        ForecastPrior prior = wanted.withSizes(tried.grid().sizes());
        List<Calibration> calibrations = members.stream()
                .map(member -> Calibration.of(member.past(), prior))
                .toList();
        double best =
                calibrations.stream().mapToDouble(Calibration::evidence).max().orElseThrow();
        double sum = calibrations.stream()
                .mapToDouble(calibration -> Math.exp(calibration.evidence() - best))
                .sum();
        List<Member> judged = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Calibration calibration = calibrations.get(i);
            judged.add(new Member(
                    member.law(),
                    member.model(),
                    member.past(),
                    calibration,
                    Math.exp(calibration.evidence() - best) / sum));
        }
        return new Forecaster(List.copyOf(judged), tried);
    }

    @Override
    public Forecast at(double parameters, double tokens) {
        double x = Math.log(parameters);
        double y = Math.log(tokens);
        double lnBeyond = Math.log(6) + x + y - tried.most();
        LawModel.Prediction mixed = mixed(members.stream()
                .map(member -> {
                    LawModel.Prediction predicted = member.model().at(x, y);
                    return new LawModel.Prediction(
                            predicted.mean(), member.calibration().variance(predicted.variance(), lnBeyond));
                })
                .toList());
        return Forecast.of(mixed.mean(), QUANTILE * Math.sqrt(mixed.variance()), lnBeyond);
    }

    /**
     * One loss over another, of two runs.
     *
     * @param parameters N of the one
     * @param tokens D of the one
     * @param otherParameters N of the other
     * @param otherTokens D of the other
     */
    public LossRatio ratio(double parameters, double tokens, double otherParameters, double otherTokens) {
        CandidateRun one = candidate(parameters, tokens);
        CandidateRun other = candidate(otherParameters, otherTokens);
        return ratio(member -> member.model().ratio(one, other, member.calibration()));
    }

    private LossRatio ratio(Function<Member, LawModel.Prediction> ofLaw) {
        LawModel.Prediction mixed = mixed(members.stream().map(ofLaw).toList());
        return LossRatio.of(mixed.mean(), QUANTILE * Math.sqrt(mixed.variance()));
    }

    /** What the laws predict together, by their shares; by how far they are apart is an error, too. */
    private LawModel.Prediction mixed(List<LawModel.Prediction> predictions) {
        double mean = 0;
        for (int i = 0; i < members.size(); i++) {
            mean += members.get(i).weight() * predictions.get(i).mean();
        }
        double variance = 0;
        for (int i = 0; i < members.size(); i++) {
            double apart = predictions.get(i).mean() - mean;
            variance += members.get(i).weight() * (predictions.get(i).variance() + apart * apart);
        }
        return new LawModel.Prediction(mean, variance);
    }

    /**
     * The best size at a compute; not identifiable where it may as well lie beyond every size that can be asked about, and from
     * fewer than three sizes, one number of tokens, or, for larger budgets, losses of equal compute.
     *
     * @param computeFlops 6 N D
     */
    public FitOutcome<BestSize> best(double computeFlops) {
        double lnCompute = Math.log(computeFlops);
        Optional<String> refusal = tried.refusal(lnCompute);
        if (refusal.isPresent()) {
            return FitOutcome.notIdentifiable(refusal.get());
        }
        double[] sizes = sizes(lnCompute);
        Optima optima = optima(lnCompute, null);
        if (optima.edgeShare() > MOST_AT_EDGES) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "in %.0f %% of what the losses leave possible the best size at %.3g FLOPs lies outside of %.3g to %.3g parameters",
                    100 * optima.edgeShare(),
                    computeFlops,
                    Math.exp(sizes[0]),
                    Math.exp(sizes[sizes.length - 1])));
        }
        return FitOutcome.fitted(best(lnCompute - LN_SIX, optima.best(), optima.low(LEVEL), optima.high(LEVEL)));
    }

    /** Best sizes at a compute, drawn with all errors; as if the loss of a further run were known, where there is one. */
    private Optima optima(double lnCompute, @Nullable CandidateRun further) {
        Optima.Draw draw = new Optima.Draw(sizes(lnCompute), DRAWS);
        for (Member member : members) {
            draw.add(
                    member.model()
                            .basin(draw.sizes(), lnCompute, member.calibration(), lnCompute - tried.most(), further),
                    member.weight());
        }
        return draw.optima();
    }

    /** Logarithm of the upper over the lower end of the best size's interval, as if a further loss were known. */
    double lnWidth(double computeFlops, @Nullable CandidateRun further) {
        Optima optima = optima(Math.log(computeFlops), further);
        return optima.high(LEVEL) - optima.low(LEVEL);
    }

    /** The size with the least expected loss at a compute. */
    double leastLossSize(double computeFlops) {
        double lnProduct = Math.log(computeFlops) - LN_SIX;
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double size : sizes(Math.log(computeFlops))) {
            double loss = at(Math.exp(size), Math.exp(lnProduct - size)).lossNats();
            if (loss < least) {
                least = loss;
                best = size;
            }
        }
        return Math.exp(best);
    }

    /** The size itself where it lies within those that were tried, else the end of them. */
    double nearestTried(double parameters) {
        return Math.exp(Math.clamp(Math.log(parameters), tried.smallest(), tried.largest()));
    }

    /** The least expected loss at a compute, 6 N D, over all sizes. */
    public Forecast leastLoss(double computeFlops) {
        double size = leastLossSize(computeFlops);
        return at(size, computeFlops / 6 / size);
    }

    CandidateRun candidate(double parameters, double tokens) {
        double x = Math.log(parameters);
        double y = Math.log(tokens);
        return new CandidateRun(x, y, LN_SIX + x + y - tried.most());
    }

    private BestSize best(double lnProduct, double best, double low, double high) {
        Forecast loss = at(Math.exp(best), Math.exp(lnProduct - best));
        return BestSizeBuilder.builder()
                .parameters(estimate(best, low, high))
                .tokens(estimate(lnProduct - best, lnProduct - high, lnProduct - low))
                .tokensPerParameter(estimate(lnProduct - 2 * best, lnProduct - 2 * high, lnProduct - 2 * low))
                .loss(loss)
                .half(ofOtherSize(0.5, best, lnProduct).aboveNats(loss.lossNats()))
                .twice(ofOtherSize(2, best, lnProduct).aboveNats(loss.lossNats()))
                .warning(tried.warning(best, lnProduct - best))
                .build();
    }

    /** The loss of so many times a size over that of the size, both at one compute and as many such runs have it on average. */
    private LossRatio ofOtherSize(double factor, double lnSize, double lnProduct) {
        double size = Math.exp(lnSize);
        double tokens = Math.exp(lnProduct - lnSize);
        CandidateRun other = candidate(factor * size, tokens / factor);
        CandidateRun best = candidate(size, tokens);
        return ratio(member -> member.model().expectedRatio(other, best, member.calibration()));
    }

    private static Estimate estimate(double ln, double low, double high) {
        return new Estimate(Math.exp(ln), Math.exp(low), Math.exp(high), LEVEL);
    }

    /** Logarithms of sizes about that of usual tokens per parameter, as far as any study was from it and further. */
    private static double[] sizes(double lnCompute) {
        double centre = (lnCompute - LN_SIX - Math.log(TOKENS_PER_PARAMETER)) / 2;
        return IntStream.range(0, SIZES)
                .mapToDouble(i -> centre + REACH * (2.0 * i / (SIZES - 1) - 1))
                .toArray();
    }

    /** The largest 6 N D of the losses that are known. */
    public double mostComputeFlops() {
        return Math.exp(tried.most());
    }

    /** Name of each law to its share in the forecasts. */
    public Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        members.forEach(member -> weights.put(member.law().name(), member.weight()));
        return weights;
    }
}
