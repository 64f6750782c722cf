package org.plmfrontier.fitting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Forecasts of losses from those that are known: several laws, each with its error as its own past shows it, weighted by how well
 * they would have predicted what is known by now. Immutable once made; making one takes some hundred fits.
 */
public final class Forecaster implements LossPredictor {
    /** Probability with which an interval holds the loss. */
    public static final double LEVEL = 0.95;

    /** Fewest losses from which anything is forecast. */
    public static final int FEWEST = PastError.FEWEST;

    private static final TDistribution SPREAD = new TDistribution(6);
    private static final double QUANTILE = SPREAD.inverseCumulativeProbability((1 + LEVEL) / 2);

    private final List<Member> members;
    private final double lnMostCompute;

    /** One law with its past and its share. */
    private record Member(LossLaw law, LawModel model, List<PastError> past, Calibration calibration, double weight) {}

    private Forecaster(List<Member> members, double lnMostCompute) {
        this.members = members;
        this.lnMostCompute = lnMostCompute;
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
                        law, LawModel.of(law, losses), PastError.of(law, losses), new Calibration(1, 0, 0), 1))
                .toList();
        return new Forecaster(members, losses.lnMostCompute()).withPrior(ForecastPrior.USUAL);
    }

    /** The same laws and their past, judged under another prior. */
    public Forecaster withPrior(ForecastPrior prior) {
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
        return new Forecaster(List.copyOf(judged), lnMostCompute);
    }

    @Override
    public Forecast at(double parameters, double tokens) {
        double x = Math.log(parameters);
        double y = Math.log(tokens);
        double lnBeyond = Math.log(6) + x + y - lnMostCompute;
        double mean = 0;
        double[] means = new double[members.size()];
        double[] variances = new double[members.size()];
        for (int i = 0; i < means.length; i++) {
            Member member = members.get(i);
            LawModel.Prediction predicted = member.model().at(x, y);
            means[i] = predicted.mean();
            variances[i] = member.calibration().variance(predicted.variance(), lnBeyond);
            mean += member.weight() * means[i];
        }
        double variance = 0;
        for (int i = 0; i < means.length; i++) {
            double apart = means[i] - mean;
            variance += members.get(i).weight() * (variances[i] + apart * apart);
        }
        return Forecast.of(mean, QUANTILE * Math.sqrt(variance), lnBeyond);
    }

    /** Name of each law to its share in the forecasts. */
    public Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        members.forEach(member -> weights.put(member.law().name(), member.weight()));
        return weights;
    }
}
