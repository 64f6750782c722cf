package org.plmfrontier.fitting.repeated;

import java.util.Arrays;
import java.util.Optional;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.optimum.LocalModel;
import org.plmfrontier.fitting.optimum.SmoothFunction;
import org.plmfrontier.fitting.parametric.Observations;

/**
 * Huber's loss of all seven numbers of Muennighoff's law, divided by n delta^2: ln E, ln A and ln B at the mean ln N and ln D,
 * ln alpha, ln beta, ln R_D*, ln R_N*. Derivatives of ln L by differences, curvature by Gauss and Newton.
 *
 * @param weights [n]
 */
record RepeatedDataObjective(RepeatedData data, double[] weights, double delta, double meanX, double meanY)
        implements SmoothFunction {
    static final int DIMENSION = 7;
    private static final double STEP = 1e-5;
    /** Decays beyond e^14 change no loss any more. */
    private static final double FURTHEST_LN = 14;
    /** Exponents of losses lie between; beyond a term is a constant or a step. */
    private static final double SLOWEST = 0.01;

    private static final double FASTEST = 4;

    static RepeatedDataObjective of(RepeatedData data, double[] weights, double delta) {
        Observations all = data.observations();
        return new RepeatedDataObjective(data, weights, delta, meanLn(all.parameters()), meanLn(all.tokens()));
    }

    private static double meanLn(double[] values) {
        return Arrays.stream(values).map(Math::log).average().orElseThrow();
    }

    /** The point of a law. */
    double[] point(HoffmannLaw fresh, double lnTokenDecay, double lnParameterDecay) {
        return new double[] {
            fresh.lnE(),
            fresh.lnA() - fresh.alpha() * meanX,
            fresh.lnB() - fresh.beta() * meanY,
            Math.log(fresh.alpha()),
            Math.log(fresh.beta()),
            lnTokenDecay,
            lnParameterDecay
        };
    }

    /** The law of a point; empty where an exponent or a decay is out of its range. */
    Optional<RepeatedDataLaw> law(double[] point) {
        double alpha = Math.exp(point[3]);
        double beta = Math.exp(point[4]);
        boolean inside = alpha > SLOWEST
                && alpha < FASTEST
                && beta > SLOWEST
                && beta < FASTEST
                && Math.max(Math.abs(point[5]), Math.abs(point[6])) <= FURTHEST_LN;
        return inside
                ? Optional.of(new RepeatedDataLaw(
                        new HoffmannLaw(point[0], point[1] + alpha * meanX, point[2] + beta * meanY, alpha, beta),
                        Math.exp(point[5]),
                        Math.exp(point[6])))
                : Optional.empty();
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public void evaluate(double[] point, LocalModel into) {
        into.clear();
        Optional<RepeatedDataLaw> here = law(point);
        RepeatedDataLaw[] above = beside(point, STEP);
        RepeatedDataLaw[] below = beside(point, -STEP);
        if (here.isEmpty() || above.length < DIMENSION || below.length < DIMENSION) {
            into.value = Double.POSITIVE_INFINITY;
            return;
        }
        double[] gradient = new double[DIMENSION];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double loss = data.lossAt(here.get(), i);
                for (int j = 0; j < DIMENSION; j++) {
                    gradient[j] = Math.log(data.lossAt(above[j], i) / data.lossAt(below[j], i)) / (2 * STEP);
                }
                add(Math.log(data.observations().lossNats()[i] / loss), weights[i], gradient, into);
            }
        }
        System.arraycopy(into.majorant, 0, into.hessian, 0, into.majorant.length);
        into.scale(1 / (weights.length * delta * delta));
    }

    /** The laws with one number of the point each moved; none where one is out of its range. */
    private RepeatedDataLaw[] beside(double[] point, double by) {
        RepeatedDataLaw[] moved = new RepeatedDataLaw[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            double[] beside = point.clone();
            beside[j] += by;
            Optional<RepeatedDataLaw> law = law(beside);
            if (law.isEmpty()) {
                return new RepeatedDataLaw[0];
            }
            moved[j] = law.get();
        }
        return moved;
    }

    private void add(double residual, double weight, double[] gradient, LocalModel into) {
        double size = Math.abs(residual);
        boolean inside = size <= delta;
        into.value += weight * (inside ? 0.5 * residual * residual : delta * (size - 0.5 * delta));
        double pull = weight * (inside ? residual : Math.copySign(delta, residual));
        double bound = weight * (inside ? 1 : delta / size);
        int k = 0;
        for (int j = 0; j < DIMENSION; j++) {
            into.gradient[j] -= pull * gradient[j];
            for (int m = 0; m <= j; m++, k++) {
                into.majorant[k] += bound * gradient[j] * gradient[m];
            }
        }
    }
}
