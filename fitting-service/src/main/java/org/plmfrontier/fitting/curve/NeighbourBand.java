package org.plmfrontier.fitting.curve;

import java.util.Arrays;

/**
 * What the cells around a place on a curve allow its smoothed loss to be: between the lowest and the highest of the two cells
 * on either side, each give or take {@value #ERRORS} standard errors.
 *
 * @param noiseNats standard deviation of a point
 */
record NeighbourBand(CurveBins bins, double noiseNats) {
    private static final double ERRORS = 3;
    private static final int SIDE = 2;

    /** The loss allowed at a place that is nearest to the one given, nats. */
    double nearest(double lnFlops, double lossNats) {
        int found = Arrays.binarySearch(bins.lnFlops(), lnFlops);
        int right = found >= 0 ? found : -found - 1;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = Math.max(0, right - SIDE); i < Math.min(bins.size(), right + SIDE); i++) {
            double error = ERRORS * noiseNats / Math.sqrt(bins.count()[i]);
            low = Math.min(low, bins.lossNats()[i] - error);
            high = Math.max(high, bins.lossNats()[i] + error);
        }
        return Math.min(high, Math.max(low, lossNats));
    }
}
