package org.plmfrontier.fitting.form;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.HuberObjective;
import org.plmfrontier.fitting.objective.LogLoss;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * A family of loss surfaces over x = ln N and y = ln D, both less their means so that the parameters of the family are
 * nearly independent of each other. Stateless. A member of the family is theta, whose meaning is the family's own.
 */
public interface LossForm extends LogLoss {

    /**
     * The robust objective of the family on data; families that know a quicker one than the plain sum give that.
     *
     * @param weights [observations], 0 leaves one out
     */
    default RobustObjective objective(Centred data, double[] weights, double delta) {
        return new HuberObjective(this, data, weights, delta);
    }

    /** Values of the non-linear parameters from which searches start: every combination, in the order of {@link #startAxes()}. */
    default double[][] startGrid() {
        return StartGrid.of(startAxes());
    }

    /** [nonlinear parameters][values] of the grid of starts, so that a start's neighbours are known. */
    double[][] startAxes();

    /** Number of positive factors in which the family is linear once the non-linear parameters are fixed. */
    int factors();

    /**
     * The parts whose sum, each times its factor, is the loss or a power of it, divided by the observed value of that.
     *
     * @param nonlinear one row of {@link #startGrid()}
     * @param lnLoss the observed ln L
     * @param parts [factors] receives them
     */
    void parts(double[] nonlinear, double x, double y, double lnLoss, double[] parts);

    /**
     * What a reader must know of this family's coefficients.
     *
     * @param estimate interval of a property of the fitted surface, by the resamples
     */
    default List<Flag> flags(Function<ToDoubleFunction<LossSurface>, Estimate> estimate) {
        return List.of();
    }

    /** Theta from the non-linear parameters and the logarithms of the factors. */
    double[] theta(double[] nonlinear, double[] lnFactors);

    /**
     * The surface in the uncentred quantities; not identifiable where the loss does not fall with N and D.
     *
     * @param meanX mean of ln N
     * @param meanY mean of ln D
     */
    FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY);
}
