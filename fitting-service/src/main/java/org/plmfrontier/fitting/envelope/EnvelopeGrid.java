package org.plmfrontier.fitting.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.SmoothedCurve;

/**
 * Smoothed losses of all runs at common FLOPs. Not changed after construction.
 *
 * @param curves [runs]
 * @param flops [grid], ascending
 * @param lnFlops [grid]
 * @param loss [runs][grid], infinite where the run has not been
 * @param lnTokens [runs][grid], 0 where the run has not been
 */
record EnvelopeGrid(
        List<SmoothedCurve> curves, double[] flops, double[] lnFlops, double[][] loss, double[][] lnTokens) {

    /** Index of the run when no run covers the FLOPs. */
    static final int NOBODY = -1;

    static EnvelopeGrid of(List<SmoothedCurve> curves, int size) {
        Domain domain =
                curves.stream().map(SmoothedCurve::domain).reduce(Domain::union).orElseThrow();
        double[] flops = domain.logSpaced(size);
        double[][] loss = new double[curves.size()][size];
        double[][] lnTokens = new double[curves.size()][size];
        for (int run = 0; run < curves.size(); run++) {
            SmoothedCurve curve = curves.get(run);
            for (int i = 0; i < size; i++) {
                boolean covered = curve.domain().contains(flops[i]);
                loss[run][i] = covered ? curve.lossAt(flops[i]) : Double.POSITIVE_INFINITY;
                lnTokens[run][i] = covered ? Math.log(curve.run().tokensAt(flops[i])) : 0;
            }
        }
        return new EnvelopeGrid(
                List.copyOf(curves), flops, Arrays.stream(flops).map(Math::log).toArray(), loss, lnTokens);
    }

    Domain domain() {
        return new Domain(flops[0], flops[flops.length - 1]);
    }

    double parameters(int run) {
        return curves.get(run).run().parameters();
    }

    /** The best run at each grid value, each run's loss shifted by so many nats: [runs]. */
    int[] winners(double[] shift) {
        int[] winners = new int[flops.length];
        double[] best = new double[flops.length];
        Arrays.fill(winners, NOBODY);
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (int run = 0; run < loss.length; run++) {
            double[] mine = loss[run];
            for (int i = 0; i < best.length; i++) {
                if (mine[i] + shift[run] < best[i]) {
                    best[i] = mine[i] + shift[run];
                    winners[i] = run;
                }
            }
        }
        return winners;
    }

    /** The best run at each grid value. */
    int[] winners() {
        return winners(new double[curves.size()]);
    }

    /** Share of the grid at which at least two sizes have been. */
    double comparedShare() {
        int compared = 0;
        for (int i = 0; i < flops.length; i++) {
            int at = i;
            long sizes = IntStream.range(0, loss.length)
                    .filter(run -> Double.isFinite(loss[run][at]))
                    .mapToDouble(this::parameters)
                    .distinct()
                    .count();
            compared += sizes > 1 ? 1 : 0;
        }
        return (double) compared / flops.length;
    }

    /** Factor by which N lies outside the sizes of the curves, at most 1 inside. */
    double outsideSizes(double parameters) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int run = 0; run < curves.size(); run++) {
            smallest = Math.min(smallest, parameters(run));
            largest = Math.max(largest, parameters(run));
        }
        return Math.max(parameters / largest, smallest / parameters);
    }

    /** The envelope, ascending by compute. */
    List<EnvelopePoint> points() {
        int[] winners = winners();
        List<EnvelopePoint> points = new ArrayList<>();
        for (int i = 0; i < winners.length; i++) {
            int run = winners[i];
            if (run != NOBODY) {
                points.add(new EnvelopePoint(
                        flops[i],
                        loss[run][i],
                        curves.get(run).run().runId(),
                        parameters(run),
                        Math.exp(lnTokens[run][i])));
            }
        }
        return points;
    }
}
