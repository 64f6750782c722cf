package org.plmfrontier.fitting.envelope;

import java.util.List;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.resample.DrawnShare;

/**
 * Approach 1 (Hoffmann et al. 2022, section 3.1; Serrano et al. 2024, section 4): at {@value #GRID} log-spaced FLOPs the run
 * with the lowest smoothed loss. The power laws lead through the {@link Crossovers} of that envelope. The papers' least
 * squares over all FLOPs also count those at which the smallest or largest size leads for want of another, or where a rival
 * has ended, and so flatten the exponent: .435 where .514 was planted, on eight curves of equal tokens.
 */
public final class Approach1 {
    /** FLOP values at which the envelope is evaluated (Hoffmann et al. 2022, section 3.1). */
    public static final int GRID = 1500;

    /** A smoothing error is taken as known. */
    private static final int KNOWN = 1000;

    private Approach1() {}

    /**
     * Fits N_opt ~ C^a and D_opt ~ C^b. Not identifiable with fewer than two runs, with one size, with fewer than
     * {@value EnvelopeLaws#FEWEST} crossovers, or where more resamples than the interval may leave out determine no law.
     *
     * @param curves one smoothed curve per run
     */
    public static FitOutcome<EnvelopeFrontier> fit(List<SmoothedCurve> curves, Bootstrap bootstrap) {
        return gridOf(curves).flatMap(grid -> {
            Crossovers crossovers = Crossovers.of(grid);
            return EnvelopeLaws.through(crossovers).flatMap(laws -> withIntervals(grid, crossovers, laws, bootstrap));
        });
    }

    /**
     * The published procedure, for comparison: least squares of ln N and ln D on ln C over all of the envelope, with the
     * smoothing error of each run. Levels at which a size leads for want of another count like all others.
     */
    public static FitOutcome<EnvelopeFrontier> asPublished(List<SmoothedCurve> curves, Bootstrap bootstrap) {
        return gridOf(curves)
                .flatMap(grid -> EnvelopeLaws.throughAll(grid, new double[curves.size()])
                        .flatMap(laws -> {
                            Resamples resamples = Resamples.draw(
                                    grid, shift -> EnvelopeLaws.throughAll(grid, shift), 0, KNOWN, bootstrap);
                            Crossovers crossovers = Crossovers.of(grid);
                            return determined(resamples, "leave one size on the envelope", bootstrap)
                                    .map(enough -> new EnvelopeFrontier(
                                            grid,
                                            laws,
                                            enough,
                                            bootstrap,
                                            EnvelopeFlags.asPublished(grid, laws, crossovers)));
                        }));
    }

    private static FitOutcome<EnvelopeGrid> gridOf(List<SmoothedCurve> curves) {
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
        return FitOutcome.fitted(EnvelopeGrid.of(curves, GRID));
    }

    /** The envelope alone, ascending by compute, whether or not laws lead through it; empty without curves. */
    public static List<EnvelopePoint> envelope(List<SmoothedCurve> curves) {
        return curves.isEmpty() ? List.of() : EnvelopeGrid.of(curves, GRID).points();
    }

    private static FitOutcome<EnvelopeFrontier> withIntervals(
            EnvelopeGrid grid, Crossovers crossovers, EnvelopeLaws laws, Bootstrap bootstrap) {
        Resamples resamples = Resamples.draw(
                grid,
                shift -> EnvelopeLaws.resampled(Crossovers.of(grid, shift)),
                laws.scatterNats(crossovers),
                EnvelopeLaws.freedom(crossovers),
                bootstrap);
        return determined(resamples, "determine no law of the best size", bootstrap)
                .map(enough -> new EnvelopeFrontier(
                        grid, laws, enough, bootstrap, EnvelopeFlags.of(grid, laws, crossovers, enough)));
    }

    private static FitOutcome<Resamples> determined(Resamples resamples, String otherwise, Bootstrap bootstrap) {
        DrawnShare share = resamples.share();
        return share.bounds(bootstrap.level())
                ? FitOutcome.fitted(resamples)
                : FitOutcome.notIdentifiable(share.reason(bootstrap.level(), otherwise));
    }
}
