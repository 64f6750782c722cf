package org.plmfrontier.fitting.curve;

import java.util.ArrayList;
import java.util.List;

/** Chooses the points of a long curve that a plot needs. */
public final class Decimation {
    /** More points than this on one plot show nothing more and make it slow. */
    private static final int MOST_ON_PLOT = 100_000;

    private Decimation() {}

    /**
     * Points of each curve on a plot of so many curves.
     *
     * @param curves on the plot
     * @param most points of a curve on a plot with room, at least 2
     */
    public static int pointsPerCurve(int curves, int most) {
        return Math.max(2, Math.min(most, MOST_ON_PLOT / Math.max(1, curves)));
    }

    /**
     * At most so many of the run's points, spread evenly over ln C, the first and the last among them.
     *
     * @param most at least 2
     */
    public static List<CurvePoint> forPlot(RunCurve run, int most) {
        if (most < 2) {
            throw new IllegalArgumentException("most must be at least 2, got " + most);
        }
        List<CurvePoint> points = run.points();
        if (points.size() <= most) {
            return points;
        }
        double low = Math.log(run.computeFlops(0));
        double span = Math.log(run.computeFlops(points.size() - 1)) - low;
        List<CurvePoint> kept = new ArrayList<>(most);
        long lastCell = -1;
        for (int i = 0; i < points.size() - 1; i++) {
            long cell = (long) ((Math.log(run.computeFlops(i)) - low) / span * (most - 1));
            if (cell > lastCell && kept.size() < most - 1) {
                kept.add(points.get(i));
                lastCell = cell;
            }
        }
        kept.add(points.get(points.size() - 1));
        return kept;
    }
}
