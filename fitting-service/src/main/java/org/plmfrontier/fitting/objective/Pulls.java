package org.plmfrontier.fitting.objective;

/**
 * Huber's function over residuals of ln L: its value and, for each observation, how it pulls and bends. Scratch space for
 * one thread.
 */
final class Pulls {
    /** Below this distance of the ratio from 1 six terms of the series of the logarithm are exact to the last digit. */
    private static final double NEAR = 0.1;

    /** [n] weight times the derivative of Huber's function. */
    final double[] pull;

    /** [n] weight times its second derivative, plus the pull. */
    final double[] bendAndPull;

    /** [n] weight of the majorant. */
    final double[] bound;

    private final double[] weight;
    private final double[] inverseLoss;
    private final double[] lnLoss;

    Pulls(Drawn drawn) {
        int n = drawn.weight.length;
        pull = new double[n];
        bendAndPull = new double[n];
        bound = new double[n];
        weight = drawn.weight;
        lnLoss = drawn.lnLoss;
        inverseLoss = new double[n];
        for (int i = 0; i < n; i++) {
            inverseLoss[i] = Math.exp(-lnLoss[i]);
        }
    }

    /** Sets the pulls of an observation whose loss the surface puts at so many nats, and gives Huber's value there. */
    double of(int i, double loss, double delta) {
        return at(i, -lnRatio(loss * inverseLoss[i]), delta);
    }

    /** The same for a residual. */
    double at(int i, double residual, double delta) {
        double w = weight[i];
        double size = Math.abs(residual);
        if (size <= delta) {
            pull[i] = w * residual;
            bendAndPull[i] = w + pull[i];
            bound[i] = w;
            return 0.5 * w * residual * residual;
        }
        pull[i] = w * Math.copySign(delta, residual);
        bendAndPull[i] = pull[i];
        bound[i] = w * delta / size;
        return w * delta * (size - 0.5 * delta);
    }

    /** One over the observed loss, nats^-1. */
    double inverseLoss(int i) {
        return inverseLoss[i];
    }

    /** ln of a ratio; {@code 2 artanh((q - 1) / (q + 1))} by its series near 1, where a fit spends its time. */
    static double lnRatio(double ratio) {
        double less = ratio - 1;
        if (!(Math.abs(less) < NEAR)) {
            return Math.log(ratio);
        }
        double z = less / (ratio + 1);
        double s = z * z;
        return 2 * z * (1 + s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9 + s * (1.0 / 11))))));
    }
}
