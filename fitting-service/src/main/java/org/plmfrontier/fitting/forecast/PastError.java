package org.plmfrontier.fitting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * By how much a law, fitted to the losses up to some compute, missed those of a range of compute beyond: the medians of that
 * range, since the errors of one fit are not independent.
 *
 * @param lnBeyond logarithm of the range's compute over the most that was fitted
 * @param error of ln L
 * @param variance that the fit had claimed
 */
record PastError(double lnBeyond, double error, double variance) {
    /** Fewest losses that are fitted. */
    static final int FEWEST = 10;

    private static final int CUTOFFS = 6;
    private static final double NEAREST = Math.log(1.25);
    private static final double[] RANGES = {NEAREST, Math.log(2), Math.log(4.5), Math.log(15), Math.log(60)};

    /** All within some losses, at cutoffs spread over the logarithm of compute. */
    static List<PastError> of(LossLaw law, Losses losses) {
        List<PastError> errors = new ArrayList<>();
        int n = losses.size();
        if (n < FEWEST + 4) {
            return errors;
        }
        for (int cutoff : cutoffs(losses)) {
            LawModel model = LawModel.of(law, losses.first(cutoff));
            for (int range = 0; range + 1 < RANGES.length; range++) {
                double low = losses.lnCompute(cutoff - 1) + RANGES[range];
                double high = losses.lnCompute(cutoff - 1) + RANGES[range + 1];
                int[] within = IntStream.range(cutoff, n)
                        .filter(i -> losses.lnCompute(i) > low && losses.lnCompute(i) <= high)
                        .toArray();
                if (within.length > 0) {
                    errors.add(of(model, losses, cutoff, within));
                }
            }
        }
        return errors;
    }

    private static Iterable<Integer> cutoffs(Losses losses) {
        int n = losses.size();
        double low = losses.lnCompute(FEWEST - 1);
        double high = losses.lnMostCompute() - NEAREST;
        TreeSet<Integer> cutoffs = new TreeSet<>();
        for (int i = 0; i < CUTOFFS && high > low; i++) {
            int cutoff = losses.upTo(low + (high - low) * i / (CUTOFFS - 1));
            if (cutoff >= FEWEST && cutoff < n) {
                cutoffs.add(cutoff);
            }
        }
        return cutoffs;
    }

    private static PastError of(LawModel model, Losses losses, int cutoff, int[] within) {
        double[] beyond = new double[within.length];
        double[] error = new double[within.length];
        double[] variance = new double[within.length];
        for (int k = 0; k < within.length; k++) {
            int i = within[k];
            LawModel.Prediction predicted = model.at(losses.lnParameters()[i], losses.lnTokens()[i]);
            beyond[k] = losses.lnCompute(i) - losses.lnCompute(cutoff - 1);
            error[k] = losses.lnLoss()[i] - predicted.mean();
            variance[k] = predicted.variance();
        }
        return new PastError(median(beyond), median(error), median(variance));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
