package org.plmfrontier.fitting.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * Forecasts of what is known by now from what was known before: at cutoffs spread over the logarithm of compute, losses of about k
 * times the cutoff's compute are forecast from those up to it.
 *
 * @param points every forecast with what came
 * @param rows by k, ascending; those that the data do not reach are absent
 */
public record Backtest(List<Point> points, List<Row> rows) {
    /** Multiples of the fitted compute at which forecasts are judged. */
    public static final List<Integer> FACTORS = List.of(2, 3, 10, 30);

    private static final int CUTOFFS = 8;
    private static final double LEAST_BEYOND = Math.log(2);
    private static final double OUTSIDE = 2 / (1 - Forecaster.LEVEL);

    /**
     * One forecast and what came.
     *
     * @param k multiple of the fitted compute at which it is judged
     * @param fitted how many losses it was made from
     * @param lossNats what came
     */
    public record Point(int k, int fitted, double parameters, double tokens, Forecast forecast, double lossNats) {}

    /**
     * What happened at one k: means over the cutoffs.
     *
     * @param cutoffs how many there are
     * @param forecasts how many losses were forecast
     * @param coverage share of them within their intervals
     * @param width mean of the intervals' widths, in ln L
     * @param intervalScore mean of width and 40 times the distance outside, in ln L (Gneiting and Raftery 2007)
     * @param medianError median of the errors' sizes, in ln L
     */
    @StagedBuilder
    public record Row(
            int k,
            int cutoffs,
            int forecasts,
            double coverage,
            double width,
            double intervalScore,
            double medianError) {}

    /** The backtest of losses; without rows where there are too few. */
    public static Backtest of(Losses losses) {
        return of(losses, Forecaster::of);
    }

    /**
     * The backtest of another predictor.
     *
     * @param predictors makes one from losses
     */
    public static Backtest of(Losses losses, Function<Losses, ? extends LossPredictor> predictors) {
        List<Point> points = new ArrayList<>();
        for (int cutoff : cutoffs(losses)) {
            LossPredictor predictor = predictors.apply(losses.first(cutoff));
            for (int k : FACTORS) {
                double low = losses.lnCompute(cutoff - 1) + Math.log(k / 1.5);
                double high = losses.lnCompute(cutoff - 1) + Math.log(k * 1.5);
                IntStream.range(cutoff, losses.size())
                        .filter(i -> losses.lnCompute(i) >= low && losses.lnCompute(i) <= high)
                        .forEach(i -> points.add(point(k, cutoff, losses, i, predictor)));
            }
        }
        return new Backtest(
                List.copyOf(points),
                FACTORS.stream()
                        .map(k ->
                                points.stream().filter(point -> point.k() == k).toList())
                        .filter(ofK -> !ofK.isEmpty())
                        .map(Backtest::row)
                        .toList());
    }

    private static Iterable<Integer> cutoffs(Losses losses) {
        TreeSet<Integer> cutoffs = new TreeSet<>();
        if (losses.size() <= Forecaster.FEWEST) {
            return cutoffs;
        }
        double low = losses.lnCompute(Forecaster.FEWEST - 1);
        double high = losses.lnMostCompute() - LEAST_BEYOND;
        for (int i = 0; i < CUTOFFS && high >= low; i++) {
            int cutoff = losses.upTo(low + (high - low) * i / (CUTOFFS - 1));
            if (cutoff >= Forecaster.FEWEST) {
                cutoffs.add(cutoff);
            }
        }
        return cutoffs;
    }

    private static Point point(int k, int cutoff, Losses losses, int i, LossPredictor predictor) {
        double parameters = Math.exp(losses.lnParameters()[i]);
        double tokens = Math.exp(losses.lnTokens()[i]);
        return new Point(k, cutoff, parameters, tokens, predictor.at(parameters, tokens), Math.exp(losses.lnLoss()[i]));
    }

    private static Row row(List<Point> ofK) {
        List<List<Point>> byCutoff = ofK.stream()
                .map(Point::fitted)
                .distinct()
                .map(cutoff ->
                        ofK.stream().filter(point -> point.fitted() == cutoff).toList())
                .toList();
        return BacktestRowBuilder.builder()
                .k(ofK.getFirst().k())
                .cutoffs(byCutoff.size())
                .forecasts(ofK.size())
                .coverage(mean(byCutoff, point -> point.forecast().covers(point.lossNats()) ? 1.0 : 0.0))
                .width(mean(byCutoff, Backtest::width))
                .intervalScore(mean(byCutoff, Backtest::score))
                .medianError(byCutoff.stream()
                        .mapToDouble(Backtest::medianError)
                        .average()
                        .orElseThrow())
                .build();
    }

    private static double mean(List<List<Point>> byCutoff, Function<Point, Double> value) {
        return byCutoff.stream()
                .mapToDouble(points ->
                        points.stream().mapToDouble(value::apply).average().orElseThrow())
                .average()
                .orElseThrow();
    }

    private static double width(Point point) {
        return Math.log(point.forecast().high() / point.forecast().low());
    }

    private static double score(Point point) {
        double below = Math.max(0, Math.log(point.forecast().low() / point.lossNats()));
        double above = Math.max(0, Math.log(point.lossNats() / point.forecast().high()));
        return width(point) + OUTSIDE * (below + above);
    }

    private static double medianError(List<Point> points) {
        double[] errors = points.stream()
                .mapToDouble(point ->
                        Math.abs(Math.log(point.lossNats() / point.forecast().lossNats())))
                .sorted()
                .toArray();
        int half = errors.length / 2;
        return errors.length % 2 == 1 ? errors[half] : (errors[half - 1] + errors[half]) / 2;
    }
}
