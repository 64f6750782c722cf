package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.objective.Centred;

/**
 * Final losses by column. The arrays are not to be changed.
 *
 * @param run [n] the run that each belongs to: resampling takes all of a run together
 * @param parameters [n] N
 * @param tokens [n] D
 * @param lossNats [n]
 */
public record Observations(String[] run, double[] parameters, double[] tokens, double[] lossNats) {
    /** Values closer than this are one size, or one budget. */
    static final double SAME = 1.02;

    public Observations {
        int n = run.length;
        if (parameters.length != n || tokens.length != n || lossNats.length != n) {
            throw new IllegalArgumentException("run, parameters, tokens and lossNats need one length, got " + n + ", "
                    + parameters.length + ", " + tokens.length + ", " + lossNats.length);
        }
        for (int i = 0; i < n; i++) {
            Objects.requireNonNull(run[i], "run");
            positive("parameters", parameters[i], i);
            positive("tokens", tokens[i], i);
            positive("lossNats", lossNats[i], i);
        }
    }

    /** Observations from single ones. */
    public static Observations of(List<Observation> list) {
        return new Observations(
                list.stream().map(Observation::run).toArray(String[]::new),
                list.stream().mapToDouble(Observation::parameters).toArray(),
                list.stream().mapToDouble(Observation::tokens).toArray(),
                list.stream().mapToDouble(Observation::lossNats).toArray());
    }

    /** All but those of a run. */
    public Observations without(String left) {
        return at(IntStream.range(0, size()).filter(i -> !run[i].equals(left)).toArray());
    }

    /** Those of the given indices. */
    public Observations at(int[] kept) {
        return new Observations(
                Arrays.stream(kept).mapToObj(i -> run[i]).toArray(String[]::new),
                Arrays.stream(kept).mapToDouble(i -> parameters[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> tokens[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> lossNats[i]).toArray());
    }

    /** The same in centred logarithms. */
    Centred centred() {
        return Centred.of(parameters, tokens, lossNats);
    }

    /** Number of observations. */
    public int size() {
        return run.length;
    }

    /** Different values of N; values within {@value #SAME} of each other are one. */
    public long sizes() {
        return distinct(parameters);
    }

    /** Different values of D, likewise. */
    public long budgets() {
        return distinct(tokens);
    }

    /** Different positive values, where values within a factor {@value #SAME} of the lowest of their kind are one. */
    public static long distinct(double[] values) {
        long count = 0;
        double lowest = 0;
        for (double value : Arrays.stream(values).sorted().toArray()) {
            if (value > SAME * lowest) {
                lowest = value;
                count++;
            }
        }
        return count;
    }

    private static void positive(String field, double value, int row) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    field + " of observation " + row + " must be positive and finite, got " + value);
        }
    }
}
