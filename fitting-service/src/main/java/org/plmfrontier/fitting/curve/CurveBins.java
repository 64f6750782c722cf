package org.plmfrontier.fitting.curve;

import java.util.Arrays;
import java.util.stream.IntStream;

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

    static final double LEAP = 2;
    static final double FAR = 20;
    static final double LEAST_NATS = 0.05;

    private static final int MOST_LEADING = 3;
    private static final int SIDE = 2;
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

    /**
     * The cells without those that no smooth curve goes through: the first few before a fall that is more than
     * {@value #LEAP} times as large as all that follows (a loss logged before training began to work), and lone ones or pairs
     * outside of all their neighbours by more than {@value #FAR} times what cells usually are, and {@value #LEAST_NATS} nats.
     * The last cells stay, for a run that diverges ends so.
     */
    CurveBins connected() {
        int from = start();
        double usual = usualStep(from);
        int[] kept = IntStream.range(from, size())
                .filter(i -> !isApart(i, from, Math.max(LEAST_NATS, FAR * usual)))
                .toArray();
        return kept.length == size() || kept.length < FEWEST
                ? this
                : new CurveBins(pick(lnFlops, kept), pick(lossNats, kept), pick(count, kept));
    }

    /** The first cell after the leap, 0 without one. */
    private int start() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int start = 0;
        for (int i = size() - 1; i > 0; i--) {
            low = Math.min(low, lossNats[i]);
            high = Math.max(high, lossNats[i]);
            if (start == 0 && i <= MOST_LEADING && lossNats[i - 1] - high > LEAP * (high - low)) {
                start = i;
            }
        }
        return start;
    }

    /** Median distance of a cell from the mean of its two neighbours, nats. */
    private double usualStep(int from) {
        double[] distances = IntStream.range(from + 1, size() - 1)
                .mapToDouble(i -> Math.abs(lossNats[i] - 0.5 * (lossNats[i - 1] + lossNats[i + 1])))
                .toArray();
        return distances.length == 0 ? 0 : median(distances);
    }

    /** Whether a cell, alone or with one beside it, lies beyond the two on its left and the two on its right. */
    private boolean isApart(int i, int from, double far) {
        return isApart(i, i, i, from, far) || isApart(i, i - 1, i, from, far) || isApart(i, i, i + 1, from, far);
    }

    private boolean isApart(int i, int first, int last, int from, double far) {
        if (first - SIDE < from || last + SIDE >= size()) {
            return false;
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 1; k <= SIDE; k++) {
            low = Math.min(low, Math.min(lossNats[first - k], lossNats[last + k]));
            high = Math.max(high, Math.max(lossNats[first - k], lossNats[last + k]));
        }
        return lossNats[i] > high + far || lossNats[i] < low - far;
    }

    private static double[] pick(double[] values, int[] kept) {
        return Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
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
