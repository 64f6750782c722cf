package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final double[][][] parts;

    StartPoints(LossForm form, Centred data) {
        this.form = form;
        this.grid = form.startGrid();
        this.parts = new double[grid.length][data.size()][form.factors()];
        for (int s = 0; s < grid.length; s++) {
            for (int i = 0; i < data.size(); i++) {
                form.parts(grid[s], data.x()[i], data.y()[i], data.lnLoss()[i], parts[s][i]);
            }
        }
    }

    private record Start(double[] theta, double squares) {}

    /**
     * The most promising starts, best first.
     *
     * @param weights [observations]
     */
    List<double[]> best(double[] weights, int most) {
        List<Start> starts = new ArrayList<>(grid.length);
        for (int s = 0; s < grid.length; s++) {
            starts.add(start(s, weights));
        }
        starts.sort(Comparator.comparingDouble(Start::squares));
        return starts.stream().limit(most).map(Start::theta).toList();
    }

    int size() {
        return grid.length;
    }

    private Start start(int s, double[] weights) {
        NonNegativeLeastSquares fit = NonNegativeLeastSquares.of(parts[s], weights);
        double[] lnFactors = new double[form.factors()];
        double[] mean = fit.meanParts();
        for (int j = 0; j < lnFactors.length; j++) {
            lnFactors[j] = Math.log(Math.max(fit.factors()[j], LEAST_SHARE / mean[j]));
        }
        return new Start(form.theta(grid[s], lnFactors), fit.residualSquares());
    }
}
