package org.plmfrontier.fitting.forecast;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.optimum.Cholesky;

/**
 * A law and what the data show of its error: a Gaussian process over ln D / N and ln C on the residuals, whose amplitude grows with
 * the excess over the best loss at equal compute (Kennedy and O'Hagan 2001: a discrepancy). Where the data reach it corrects the
 * law, beyond them it goes back to the law and its variance to the full one. Its scales are the most likely ones of a grid.
 */
final class LawModel {
    /** Excess in ln L at which the law's error is twice that at the optimum. */
    private static final double EXCESS_SCALE = 0.10;

    private static final double[] AMPLITUDES = {0, 0.003, 0.008, 0.02, 0.05};
    private static final double[] RATIO_LENGTHS = {0.8, 2, 4};
    private static final double[] COMPUTE_LENGTHS = {2, 6};
    private static final double[] NOISES = {0.0007, 0.002, 0.005, 0.015};

    /** The process takes the cube of their number. */
    private static final int MOST = 240;

    /** Added variance of ln L, far below any noise, that keeps factors real. */
    private static final double JITTER = 1e-9;

    /** Places of the search for the best size at equal compute, in ln N from where it is asked for. */
    private static final int PLACES = 49;

    private static final double REACH = 6;

    private final LawFit fit;
    private final Losses losses;
    private final double[] amplitude;
    private final double[] residual;
    private Scales scales = new Scales(0, RATIO_LENGTHS[0], COMPUTE_LENGTHS[0], NOISES[0]);
    private double[] factor = {};
    private double[] solved = {};

    /** Scales of the process: amplitude of the law's error at the optimum, lengths, noise. */
    private record Scales(double error, double ratioLength, double computeLength, double noise) {}

    /**
     * What is predicted of a loss.
     *
     * @param mean of ln L
     * @param variance of ln L
     */
    record Prediction(double mean, double variance) {}

    private LawModel(LawFit fit, Losses losses) {
        this.fit = fit;
        this.losses = losses;
        this.amplitude = new double[losses.size()];
        this.residual = new double[losses.size()];
        for (int i = 0; i < residual.length; i++) {
            double x = losses.lnParameters()[i];
            double y = losses.lnTokens()[i];
            residual[i] = losses.lnLoss()[i] - fit.lnLoss(x, y);
            amplitude[i] = 1 + excess(x, y) / EXCESS_SCALE;
        }
    }

    static LawModel of(LossLaw law, Losses losses) {
        LawModel model = new LawModel(LawFit.of(law, losses), losses.thinned(MOST));
        model.chooseScales();
        return model;
    }

    Prediction at(double lnParameters, double lnTokens) {
        Place place = place(lnParameters, lnTokens);
        return new Prediction(place.mean(), variance(place));
    }

    /** Variance of a loss there, its noise included. */
    private double variance(Place place) {
        double error = scales.error() * place.amplitude();
        double noise = scales.noise() * place.amplitude();
        return product(place.spread(), place.spread())
                + Math.max(0, error * error - product(place.known(), place.known()))
                + noise * noise;
    }

    /** What is predicted of the logarithm of one loss over another, with all errors that the two do not share. */
    Prediction ratio(CandidateRun one, CandidateRun other, Calibration calibration) {
        return ratio(one, other, calibration, this::variance);
    }

    /** The same of the losses that many such runs have on average: without their noise. */
    Prediction expectedRatio(CandidateRun one, CandidateRun other, Calibration calibration) {
        return ratio(one, other, calibration, place -> claimed(place, place, 0));
    }

    private Prediction ratio(
            CandidateRun one, CandidateRun other, Calibration calibration, ToDoubleFunction<Place> varianceOf) {
        Place place = place(one.lnParameters(), one.lnTokens());
        Place otherPlace = place(other.lnParameters(), other.lnTokens());
        double shared = calibration.covariance(
                claimed(place, otherPlace, one.lnCompute() - other.lnCompute()),
                one.lnBeyond(),
                other.lnBeyond(),
                place.ratio() - otherPlace.ratio());
        double variance = calibration.variance(varianceOf.applyAsDouble(place), one.lnBeyond())
                + calibration.variance(varianceOf.applyAsDouble(otherPlace), other.lnBeyond());
        return new Prediction(place.mean() - otherPlace.mean(), Math.max(0, variance - 2 * shared));
    }

    /**
     * A place with what the data tell of it.
     *
     * @param ratio ln D / N
     * @param mean of ln L
     * @param amplitude of the law's error
     * @param known products of two places are what the data tell of the covariance of the law's errors
     * @param spread products of two places are the covariance for want of the law's parameters
     */
    private record Place(double ratio, double mean, double amplitude, double[] known, double[] spread) {}

    private Place place(double lnParameters, double lnTokens) {
        double own = 1 + excess(lnParameters, lnTokens) / EXCESS_SCALE;
        double lnCompute = Math.log(6) + lnParameters + lnTokens;
        double[] known = new double[losses.size()];
        double correction = 0;
        for (int i = 0; i < known.length; i++) {
            double alike = alike(
                    scales,
                    lnTokens - lnParameters - losses.lnTokens()[i] + losses.lnParameters()[i],
                    lnCompute - losses.lnCompute(i));
            known[i] = scales.error() * scales.error() * own * amplitude[i] * alike;
            correction += known[i] * solved[i];
        }
        Cholesky.solveLower(factor, known.length, known);
        return new Place(
                lnTokens - lnParameters,
                fit.lnLoss(lnParameters, lnTokens) + correction,
                own,
                known,
                fit.spread(lnParameters, lnTokens));
    }

    /**
     * Losses of several sizes at one compute, together.
     *
     * @param lnParameters [n]
     * @param calibration of this law
     * @param lnBeyond of the compute
     * @param further a run whose loss is taken for known, as it is expected to be; null where there is none
     */
    Basin basin(
            double[] lnParameters,
            double lnCompute,
            Calibration calibration,
            double lnBeyond,
            @Nullable CandidateRun further) {
        Place[] places = Arrays.stream(lnParameters)
                .mapToObj(x -> place(x, lnCompute - Math.log(6) - x))
                .toArray(Place[]::new);
        double[] covariance = new double[places.length * (places.length + 1) / 2];
        int k = 0;
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j <= i; j++) {
                double ratio = places[i].ratio() - places[j].ratio();
                double claimed = claimed(places[i], places[j], 0);
                covariance[k++] = calibration.covariance(claimed, lnBeyond, lnBeyond, ratio) + (i == j ? JITTER : 0);
            }
        }
        if (further != null) {
            learn(covariance, places, lnCompute, calibration, lnBeyond, further);
        }
        if (!Cholesky.factor(covariance, places.length)) {
            throw new IllegalStateException("losses at one compute have no covariance");
        }
        return new Basin(Arrays.stream(places).mapToDouble(Place::mean).toArray(), covariance);
    }

    /** Takes from the covariance of the places what the loss of a further run would tell of them. */
    private void learn(
            double[] covariance,
            Place[] places,
            double lnCompute,
            Calibration calibration,
            double lnBeyond,
            CandidateRun further) {
        Place there = place(further.lnParameters(), further.lnTokens());
        double[] shared = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            double ratio = places[i].ratio() - there.ratio();
            double claimed = claimed(places[i], there, lnCompute - further.lnCompute());
            shared[i] = calibration.covariance(claimed, lnBeyond, further.lnBeyond(), ratio);
        }
        double variance = calibration.variance(
                at(further.lnParameters(), further.lnTokens()).variance(), further.lnBeyond());
        int k = 0;
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[k++] -= shared[i] * shared[j] / variance;
            }
        }
    }

    /** Covariance of the law's errors at two places so many e-folds of compute apart, without noise. */
    private double claimed(Place one, Place other, double lnCompute) {
        double error = scales.error() * scales.error() * one.amplitude() * other.amplitude();
        return product(one.spread(), other.spread())
                + error * alike(scales, one.ratio() - other.ratio(), lnCompute)
                - product(one.known(), other.known());
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** How far the law's loss lies above its best at equal compute, in ln L. */
    private double excess(double lnParameters, double lnTokens) {
        double best = Double.POSITIVE_INFINITY;
        for (int place = 0; place < PLACES; place++) {
            double shift = REACH * (2.0 * place / (PLACES - 1) - 1);
            best = Math.min(best, fit.lnLoss(lnParameters + shift, lnTokens - shift));
        }
        return Math.max(0, fit.lnLoss(lnParameters, lnTokens) - best);
    }

    private static double alike(Scales of, double ratio, double compute) {
        double u = ratio / of.ratioLength();
        double c = compute / of.computeLength();
        return Math.exp(-(u * u + c * c) / 2);
    }

    private void chooseScales() {
        double best = Double.NEGATIVE_INFINITY;
        for (double ratio : RATIO_LENGTHS) {
            for (double compute : COMPUTE_LENGTHS) {
                double[] alike = alike(new Scales(1, ratio, compute, 0));
                for (double error : AMPLITUDES) {
                    if (error == 0 && !(ratio == RATIO_LENGTHS[0] && compute == COMPUTE_LENGTHS[0])) {
                        continue;
                    }
                    for (double noise : NOISES) {
                        best = tryScales(new Scales(error, ratio, compute, noise), alike, best);
                    }
                }
            }
        }
    }

    /** Packed [n (n + 1) / 2] products of amplitudes and likeness. */
    private double[] alike(Scales of) {
        int n = residual.length;
        double[] alike = new double[n * (n + 1) / 2];
        int k = 0;
        for (int i = 0; i < n; i++) {
            double ratio = losses.lnTokens()[i] - losses.lnParameters()[i];
            for (int j = 0; j <= i; j++) {
                double other = losses.lnTokens()[j] - losses.lnParameters()[j];
                alike[k++] = amplitude[i]
                        * amplitude[j]
                        * alike(of, ratio - other, losses.lnCompute(i) - losses.lnCompute(j));
            }
        }
        return alike;
    }

    /** The better likelihood of the two. */
    private double tryScales(Scales wanted, double[] alike, double best) {
        int n = residual.length;
        double[] matrix = new double[alike.length];
        double square = wanted.error() * wanted.error();
        for (int k = 0; k < matrix.length; k++) {
            matrix[k] = square * alike[k];
        }
        for (int i = 0; i < n; i++) {
            double own = wanted.noise() * amplitude[i];
            matrix[i * (i + 1) / 2 + i] += own * own;
        }
        if (!Cholesky.factor(matrix, n)) {
            return best;
        }
        double[] half = residual.clone();
        Cholesky.solveLower(matrix, n, half);
        double likelihood = 0;
        for (int i = 0; i < n; i++) {
            likelihood -= half[i] * half[i] / 2 + Math.log(matrix[i * (i + 1) / 2 + i]);
        }
        if (likelihood <= best) {
            return best;
        }
        scales = wanted;
        factor = matrix;
        solved = residual.clone();
        Cholesky.solve(matrix, n, solved);
        return likelihood;
    }
}
