package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.regression.NonNegativeLeastSquares;

/**
 * Starts of a search by variable projection: at each place of the form's grid of non-linear parameters the factors come from
 * a non-negative least squares fit of relative residuals. Products of parts are computed once and serve every resample.
 * Not changed after construction.
 */
final class StartPoints {
    /** A factor that least squares puts to zero starts at this share of the loss: its logarithm must be finite. */
    static final double LEAST_SHARE = 1e-3;

    private static final int MOMENTS = 10;

    private final LossForm form;
    private final double[][] grid;
    /** [grid * 10] where the sum of each product of parts stands; nodes of the grid share most of their products. */
    private final int[] place;
    /** [observations][places] */
    private final double[][] products;

    StartPoints(LossForm form, Centred data) {
        this.form = form;
        this.grid = form.startGrid();
        this.place = new int[grid.length * MOMENTS];
        Map<Column, Integer> known = new LinkedHashMap<>();
        for (int s = 0; s < grid.length; s++) {
            double[][] columns = columns(form, grid[s], data);
            for (int k = 0; k < MOMENTS; k++) {
                Column column = new Column(columns[k]);
                known.putIfAbsent(column, known.size());
                place[s * MOMENTS + k] = known.get(column);
            }
        }
        this.products = new double[data.size()][known.size()];
        known.forEach((column, at) -> {
            for (int i = 0; i < products.length; i++) {
                products[i][at] = column.values[i];
            }
        });
    }

    private record Column(double[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Column that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** [10][observations] 1, the three parts and their products, the third part 0 where the form has two. */
    private static double[][] columns(LossForm form, double[] node, Centred data) {
        double[][] columns = new double[MOMENTS][data.size()];
        double[] own = new double[3];
        for (int i = 0; i < data.size(); i++) {
            form.parts(node, data.x()[i], data.y()[i], data.lnLoss()[i], own);
            columns[0][i] = 1;
            int k = 4;
            for (int one = 0; one < 3; one++) {
                columns[1 + one][i] = own[one];
                for (int other = 0; other <= one; other++) {
                    columns[k++][i] = own[one] * own[other];
                }
            }
        }
        return columns;
    }

    private record Start(double[] theta, double squares) {}

    /** All starts, most promising first. */
    List<double[]> all(double[] weights) {
        return Arrays.stream(starts(weights))
                .sorted(Comparator.comparingDouble(Start::squares))
                .map(Start::theta)
                .toList();
    }

    /**
     * So many different starts, or all if the grid has fewer: the local minima of the grid first, then the most promising of
     * those that are no neighbours of one chosen before, then the most promising of the rest.
     */
    List<double[]> apart(double[] weights, int count) {
        Start[] starts = starts(weights);
        int[] order = IntStream.range(0, starts.length)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> starts[s].squares()))
                .mapToInt(Integer::intValue)
                .toArray();
        Set<Integer> chosen = new LinkedHashSet<>();
        Arrays.stream(order).filter(s -> lowest(starts, s)).forEach(chosen::add);
        Arrays.stream(order)
                .filter(s -> chosen.stream().noneMatch(other -> neighbours(s, other)))
                .forEach(chosen::add);
        Arrays.stream(order).forEach(chosen::add);
        return chosen.stream().limit(count).map(s -> starts[s].theta()).toList();
    }

    private boolean neighbours(int one, int other) {
        int columns = form.startColumns();
        return Math.abs(one / columns - other / columns) <= 1 && Math.abs(one % columns - other % columns) <= 1;
    }

    private boolean lowest(Start[] starts, int s) {
        int columns = form.startColumns();
        int rows = starts.length / columns;
        for (int row = Math.max(0, s / columns - 1); row <= Math.min(rows - 1, s / columns + 1); row++) {
            for (int column = Math.max(0, s % columns - 1);
                    column <= Math.min(columns - 1, s % columns + 1);
                    column++) {
                if (starts[row * columns + column].squares() < starts[s].squares()) {
                    return false;
                }
            }
        }
        return true;
    }

    int size() {
        return grid.length;
    }

    private Start[] starts(double[] weights) {
        double[] sums = new double[products[0].length];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                add(weights[i], products[i], sums);
            }
        }
        double[] moments = new double[MOMENTS];
        Start[] starts = new Start[grid.length];
        for (int s = 0; s < grid.length; s++) {
            for (int k = 0; k < MOMENTS; k++) {
                moments[k] = sums[place[s * MOMENTS + k]];
            }
            starts[s] = start(s, NonNegativeLeastSquares.ofMoments(moments));
        }
        return starts;
    }

    private static void add(double weight, double[] row, double[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += weight * row[k];
        }
    }

    private Start start(int s, NonNegativeLeastSquares fit) {
        double[] lnFactors = new double[form.factors()];
        for (int j = 0; j < lnFactors.length; j++) {
            lnFactors[j] = Math.log(Math.max(fit.factors()[j], LEAST_SHARE / fit.meanParts()[j]));
        }
        return new Start(form.theta(grid[s], lnFactors), fit.residualSquares());
    }
}
