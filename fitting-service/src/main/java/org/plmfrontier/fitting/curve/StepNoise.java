package org.plmfrontier.fitting.curve;

import java.util.Arrays;
import org.plmfrontier.fitting.spline.SmoothingSpline;

/** The scatter of single points around a smooth curve. */
final class StepNoise {
    /** Median absolute deviation of a normal variable of standard deviation 1. */
    private static final double NORMAL_MAD = 0.6744897501960817;

    private StepNoise() {}

    static double nats(RunCurve run, SmoothingSpline spline) {
        double[] residuals = new double[run.size()];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = Math.abs(run.lossNats(i) - spline.valueAt(Math.log(run.computeFlops(i))));
        }
        Arrays.sort(residuals);
        return residuals[residuals.length / 2] / NORMAL_MAD;
    }
}
