package org.plmfrontier.fitting.curve;

import java.util.Arrays;

/**
 * A run's points averaged in cells of equal width over ln C. Cells with at least {@value #ENOUGH_TO_TRIM} points drop those
 * that lie further from the cell's median than {@value #TRIM} times its median absolute deviation: lone spikes of the step
 * loss, not the noise around it. The arrays are shared: they are not to be changed.
 *
 * @param lnFlops [cells] mean ln C of each occupied cell, ascending
 * @param lossNats [cells] mean loss
 * @param count [cells] points kept in the cell
 */
public record CurveBins(double[] lnFlops, double[] lossNats, double[] count) {
    /** Cells over the whole curve: fine enough for a curve over ten e-folds of compute, quick to smooth. */
    public static final int CELLS = 256;
    /** Fewest occupied cells that can be smoothed. */
    public static final int FEWEST = 4;

    private static final int ENOUGH_TO_TRIM = 8;
    private static final double TRIM = 6;

    static CurveBins of(RunCurve run) {
        double[][] points = sortedByFlops(run);
        double low = points[0][0];
        double width = Math.max((points[points.length - 1][0] - low) / CELLS, Double.MIN_NORMAL);
        double[][] cells = new double[3][CELLS + 1];
        int cell = 0;
        int from = 0;
        while (from < points.length) {
            long index = (long) ((points[from][0] - low) / width);
            int to = from + 1;
            while (to < points.length && (long) ((points[to][0] - low) / width) == index) {
                to++;
            }
            average(points, from, to, cells, cell++);
            from = to;
        }
        return new CurveBins(
                Arrays.copyOf(cells[0], cell), Arrays.copyOf(cells[1], cell), Arrays.copyOf(cells[2], cell));
    }

    /** Occupied cells. */
    public int size() {
        return lnFlops.length;
    }

    private static double[][] sortedByFlops(RunCurve run) {
        double[][] points = new double[run.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {Math.log(run.computeFlops(i)), run.lossNats(i)};
        }
        Arrays.sort(points, (a, b) -> Double.compare(a[0], b[0]));
        return points;
    }

    private static void average(double[][] points, int from, int to, double[][] cells, int cell) {
        double[] bounds = to - from < ENOUGH_TO_TRIM
                ? new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}
                : bounds(points, from, to);
        for (int i = from; i < to; i++) {
            if (points[i][1] >= bounds[0] && points[i][1] <= bounds[1]) {
                cells[0][cell] += points[i][0];
                cells[1][cell] += points[i][1];
                cells[2][cell]++;
            }
        }
        cells[0][cell] /= cells[2][cell];
        cells[1][cell] /= cells[2][cell];
    }

    private static double[] bounds(double[][] points, int from, int to) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = points[from + i][1];
        }
        double median = median(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i] - median);
        }
        double reach = TRIM * median(values);
        return new double[] {median - reach, median + reach};
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
    }
}
