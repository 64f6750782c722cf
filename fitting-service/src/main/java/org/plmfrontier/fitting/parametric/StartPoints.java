package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.regression.NonNegativeLeastSquares;

/**
 * Starts of a search by variable projection: at each place of the form's grid of non-linear parameters the factors come from
 * a non-negative least squares fit of relative residuals. The parts are computed once and serve every resample.
 * Not changed after construction.
 */
final class StartPoints {
    /** A factor that least squares puts to zero starts at this share of the loss: its logarithm must be finite. */
    private static final double LEAST_SHARE = 1e-3;

    private final LossForm form;
    private final double[][] grid;
    private final double[][] parts;

    StartPoints(LossForm form, Centred data) {
        this.form = form;
        this.grid = form.startGrid();
        int factors = form.factors();
        this.parts = new double[grid.length][data.size() * factors];
        double[] own = new double[factors];
        for (int s = 0; s < grid.length; s++) {
            for (int i = 0; i < data.size(); i++) {
                form.parts(grid[s], data.x()[i], data.y()[i], data.lnLoss()[i], own);
                System.arraycopy(own, 0, parts[s], i * factors, factors);
            }
        }
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
     * The starts that are better than all their neighbours in the grid, best first: where a descent from any start of the
     * grid, one neighbour at a time, ends.
     */
    List<double[]> localMinima(double[] weights) {
        Start[] starts = starts(weights);
        return IntStream.range(0, starts.length)
                .filter(s -> lowest(starts, s))
                .mapToObj(s -> starts[s])
                .sorted(Comparator.comparingDouble(Start::squares))
                .map(Start::theta)
                .toList();
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
        Start[] starts = new Start[grid.length];
        for (int s = 0; s < grid.length; s++) {
            starts[s] = start(s, weights);
        }
        return starts;
    }

    private Start start(int s, double[] weights) {
        NonNegativeLeastSquares fit = NonNegativeLeastSquares.of(parts[s], form.factors(), weights);
        double[] lnFactors = new double[form.factors()];
        double[] mean = fit.meanParts();
        for (int j = 0; j < lnFactors.length; j++) {
            lnFactors[j] = Math.log(Math.max(fit.factors()[j], LEAST_SHARE / mean[j]));
        }
        return new Start(form.theta(grid[s], lnFactors), fit.residualSquares());
    }
}
