package org.plmfrontier.fitting.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Final losses in ascending order of compute, C = 6 N D, as logarithms. The arrays are not to be changed.
 *
 * @param lnParameters [n]
 * @param lnTokens [n]
 * @param lnLoss [n] of nats
 */
public record Losses(double[] lnParameters, double[] lnTokens, double[] lnLoss) {
    private static final double LN_SIX = Math.log(6);

    /**
     * Sorts losses by compute.
     *
     * @param parameters [n] N
     * @param tokens [n] D
     * @param lossNats [n]
     * @throws IllegalArgumentException where a value is not positive and finite, with its place
     */
    public static Losses of(double[] parameters, double[] tokens, double[] lossNats) {
        if (parameters.length != tokens.length || tokens.length != lossNats.length) {
            throw new IllegalArgumentException("there are " + parameters.length + " parameters, " + tokens.length
                    + " tokens and " + lossNats.length + " losses");
        }
        Integer[] order = IntStream.range(0, parameters.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> parameters[i] * tokens[i]));
        return new Losses(ln("N", parameters, order), ln("D", tokens, order), ln("loss", lossNats, order));
    }

    private static double[] ln(String what, double[] values, Integer[] order) {
        double[] ln = new double[values.length];
        for (int i = 0; i < ln.length; i++) {
            double value = values[order[i]];
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        what + " of loss " + order[i] + " must be positive and finite, got " + value);
            }
            ln[i] = Math.log(value);
        }
        return ln;
    }

    /** How many there are. */
    public int size() {
        return lnLoss.length;
    }

    /** Logarithm of the compute of one. */
    double lnCompute(int i) {
        return LN_SIX + lnParameters[i] + lnTokens[i];
    }

    /** Logarithm of the largest compute. */
    double lnMostCompute() {
        return lnCompute(size() - 1);
    }

    /** Those of least compute. */
    Losses first(int count) {
        return new Losses(
                Arrays.copyOf(lnParameters, count), Arrays.copyOf(lnTokens, count), Arrays.copyOf(lnLoss, count));
    }

    /** At most so many of them, evenly spread over their order, the last among them. */
    public Losses thinned(int most) {
        int n = size();
        if (n <= most) {
            return this;
        }
        int[] kept = IntStream.range(0, most)
                .map(i -> Math.toIntExact(Math.round((double) i * (n - 1) / (most - 1))))
                .toArray();
        return new Losses(at(lnParameters, kept), at(lnTokens, kept), at(lnLoss, kept));
    }

    /** These and others. */
    public Losses and(Losses others) {
        int n = size();
        Integer[] order = IntStream.range(0, n + others.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> i < n ? lnCompute(i) : others.lnCompute(i - n)));
        int[] kept = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        return new Losses(
                at(joined(lnParameters, others.lnParameters), kept),
                at(joined(lnTokens, others.lnTokens), kept),
                at(joined(lnLoss, others.lnLoss), kept));
    }

    private static double[] joined(double[] one, double[] other) {
        double[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static double[] at(double[] values, int[] kept) {
        return Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
    }

    /** How many have at most so much compute. */
    int upTo(double lnCompute) {
        int count = 0;
        while (count < size() && lnCompute(count) <= lnCompute) {
            count++;
        }
        return count;
    }
}
