package org.plmfrontier.fitting.envelope;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.regression.PlainLaw;

/** The power law of the loss along an envelope. */
final class EnvelopeLossLaw {
    /** Neighbouring values of the grid tell the same: so many points of it are enough. */
    private static final int POINTS = 100;

    private EnvelopeLossLaw() {}

    static FitOutcome<PlainLaw> of(EnvelopeGrid grid, Resamples resamples, Bootstrap bootstrap) {
        int[] compared = IntStream.range(0, grid.flops().length)
                .filter(i -> runsAt(grid, i) > 1)
                .toArray();
        if (compared.length < 2) {
            return FitOutcome.notIdentifiable("no two runs have been at the same compute");
        }
        int[] chosen = IntStream.range(0, Math.min(POINTS, compared.length))
                .map(k -> compared[(int) ((long) k * (compared.length - 1) / (Math.min(POINTS, compared.length) - 1))])
                .toArray();
        double[] flops = Arrays.stream(chosen).mapToDouble(i -> grid.flops()[i]).toArray();
        double[] losses = lowest(grid, chosen, new double[grid.curves().size()]);
        List<PlainLaw.Redrawn> redrawn = resamples.fits().stream()
                .map(fit -> redrawn(lowest(grid, chosen, fit.shift())))
                .toList();
        return PlainLaw.fit(flops, losses, redrawn, grid.curves().size(), bootstrap);
    }

    private static long runsAt(EnvelopeGrid grid, int i) {
        return Arrays.stream(grid.loss()).filter(run -> Double.isFinite(run[i])).count();
    }

    private static double[] lowest(EnvelopeGrid grid, int[] chosen, double[] shift) {
        double[] lowest = new double[chosen.length];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (int run = 0; run < shift.length; run++) {
            for (int k = 0; k < chosen.length; k++) {
                lowest[k] = Math.min(lowest[k], grid.loss()[run][chosen[k]] + shift[run]);
            }
        }
        return lowest;
    }

    /** Points where no drawn run has been weigh nothing. */
    private static PlainLaw.Redrawn redrawn(double[] lowest) {
        double[] weight =
                Arrays.stream(lowest).map(loss -> Double.isFinite(loss) ? 1 : 0).toArray();
        double[] known = Arrays.stream(lowest)
                .map(loss -> Double.isFinite(loss) ? loss : 0)
                .toArray();
        return new PlainLaw.Redrawn(known, weight);
    }
}
