package org.plmfrontier.fitting.envelope;

import java.util.List;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Approach 1 (Hoffmann et al. 2022, section 3.1; Serrano et al. 2024, section 4): at {@value #GRID} log-spaced FLOPs the run
 * with the lowest smoothed loss. The power laws lead through the {@link Crossovers} of that envelope. The papers' least
 * squares over all FLOPs also count those at which the smallest or largest size leads for want of another, or where a rival
 * has ended, and so flatten the exponent: .435 where .514 was planted, on eight curves of equal tokens.
 */
public final class Approach1 {
    /** FLOP values at which the envelope is evaluated (Hoffmann et al. 2022, section 3.1). */
    public static final int GRID = 1500;

    private Approach1() {}

    /**
     * Fits N_opt ~ C^a and D_opt ~ C^b. Not identifiable with fewer than two runs, with one size, with fewer than
     * {@value EnvelopeLaws#FEWEST} crossovers, or when most resamples have that.
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
        Crossovers crossovers = Crossovers.of(grid);
        return EnvelopeLaws.through(crossovers).flatMap(laws -> withIntervals(grid, crossovers, laws, bootstrap));
    }

    /** The envelope alone, ascending by compute, whether or not laws lead through it; empty without curves. */
    public static List<EnvelopePoint> envelope(List<SmoothedCurve> curves) {
        return curves.isEmpty() ? List.of() : EnvelopeGrid.of(curves, GRID).points();
    }

    private static FitOutcome<EnvelopeFrontier> withIntervals(
            EnvelopeGrid grid, Crossovers crossovers, EnvelopeLaws laws, Bootstrap bootstrap) {
        Resamples resamples =
                Resamples.draw(grid, laws.scatterNats(crossovers), EnvelopeLaws.freedom(crossovers), bootstrap);
        if (resamples.successShare() < Resamples.ENOUGH) {
            return FitOutcome.notIdentifiable("only " + resamples.fits().size() + " of " + resamples.tried()
                    + " resamples leave " + EnvelopeLaws.FEWEST + " crossovers, so the exponents rest on single runs");
        }
        return FitOutcome.fitted(new EnvelopeFrontier(grid, crossovers, laws, resamples, bootstrap));
    }
}
