package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.form.StartGrid;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.regression.NonNegativeLeastSquares;

/**
 * Starts of a search by variable projection: at each place of the form's grid of non-linear parameters the factors come from
 * a non-negative least squares fit of relative residuals. Products of parts are computed once and serve every resample.
 * Not changed after construction.
 */
final class StartPoints {
    private final LossForm form;
    private final double[][] axes;
    private final double[][] grid;
    /** Sums that a least squares fit needs: 1, each part, each product of two. */
    private final int moments;
    /** [grid * moments] where the sum of each product of parts stands; nodes of the grid share most of their products. */
    private final int[] place;
    /** [observations][places] */
    private final double[][] products;

    StartPoints(LossForm form, Centred data) {
        this.form = form;
        this.axes = form.startAxes();
        this.grid = form.startGrid();
        this.moments = NonNegativeLeastSquares.moments(form.factors());
        this.place = new int[grid.length * moments];
        Map<Column, Integer> known = new LinkedHashMap<>();
        for (int s = 0; s < grid.length; s++) {
            double[][] columns = columns(grid[s], data);
            for (int k = 0; k < moments; k++) {
                Column column = new Column(columns[k]);
                known.putIfAbsent(column, known.size());
                place[s * moments + k] = known.get(column);
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

    /** [moments][observations] 1, the parts and their products. */
    private double[][] columns(double[] node, Centred data) {
        double[][] columns = new double[moments][data.size()];
        double[] own = new double[form.factors()];
        for (int i = 0; i < data.size(); i++) {
            form.parts(node, data.x()[i], data.y()[i], data.lnLoss()[i], own);
            columns[0][i] = 1;
            int k = 1 + own.length;
            for (int one = 0; one < own.length; one++) {
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
        return StartGrid.neighbours(axes, one, other);
    }

    private boolean lowest(Start[] starts, int s) {
        for (int other = 0; other < starts.length; other++) {
            if (starts[other].squares() < starts[s].squares() && neighbours(s, other)) {
                return false;
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
        double[] own = new double[moments];
        Start[] starts = new Start[grid.length];
        for (int s = 0; s < grid.length; s++) {
            for (int k = 0; k < moments; k++) {
                own[k] = sums[place[s * moments + k]];
            }
            starts[s] = start(s, NonNegativeLeastSquares.ofMoments(own, form.factors()));
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
            lnFactors[j] = Math.log(Math.max(fit.factors()[j], RobustObjective.LEAST_SHARE / fit.meanParts()[j]));
        }
        return new Start(form.theta(grid[s], lnFactors), fit.residualSquares());
    }
}
