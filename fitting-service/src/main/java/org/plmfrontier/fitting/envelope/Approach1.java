package org.plmfrontier.fitting.envelope;

import java.util.List;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Approach 1: at {@value #GRID} log-spaced FLOPs the run with the lowest smoothed loss, and the power laws through those
 * runs' sizes and tokens (Hoffmann et al. 2022, section 3.1; Serrano et al. 2024, section 4).
 */
public final class Approach1 {
    /** FLOP values at which the envelope is evaluated (Hoffmann et al. 2022, section 3.1). */
    public static final int GRID = 1500;

    private Approach1() {}

    /**
     * Fits N_opt ~ C^a and D_opt ~ C^b by least squares in logarithms. Not identifiable with fewer than two runs, with
     * one size, with one size on the envelope, or when most resamples have that.
     *
     * @param curves one smoothed curve per run
     */
    public static FitOutcome<EnvelopeFrontier> fit(List<SmoothedCurve> curves, Bootstrap bootstrap) {
        if (curves.size() < 2) {
            return FitOutcome.notIdentifiable("an envelope needs the curves of at least two runs, there is "
                    + (curves.isEmpty() ? "none" : "one"));
        }
        long sizes = curves.stream()
                .mapToDouble(c -> c.run().parameters())
                .distinct()
                .count();
        if (sizes < 2) {
            return FitOutcome.notIdentifiable("all " + curves.size() + " runs have the same size, N = "
                    + curves.get(0).run().parameters());
        }
        EnvelopeGrid grid = EnvelopeGrid.of(curves, GRID);
        int[] winners = grid.winners();
        return EnvelopeLaws.through(grid, winners).flatMap(laws -> withIntervals(grid, winners, laws, bootstrap));
    }

    private static FitOutcome<EnvelopeFrontier> withIntervals(
            EnvelopeGrid grid, int[] winners, EnvelopeLaws laws, Bootstrap bootstrap) {
        Resamples resamples = Resamples.draw(grid, bootstrap);
        if (resamples.successShare() < Resamples.ENOUGH) {
            return FitOutcome.notIdentifiable("only " + resamples.fits().size() + " of " + resamples.tried()
                    + " resamples of the runs leave two sizes on the envelope, so the exponents rest on single runs");
        }
        return FitOutcome.fitted(new EnvelopeFrontier(grid, winners, laws, resamples, bootstrap));
    }
}
