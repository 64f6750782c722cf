package org.plmfrontier.fitting.curve;

import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.spline.SmoothingSpline;

/**
 * The loss of one run as a smooth function of the compute spent: a cubic smoothing spline over ln C through the means of
 * at most {@value CurveBins#CELLS} cells, weighted by their counts. Immutable, so safe to share between threads.
 */
public final class SmoothedCurve {
    private final RunCurve run;
    private final Domain domain;
    private final int apart;
    private final NeighbourBand band;
    private final SmoothingSpline spline;
    private final double noiseNats;

    private SmoothedCurve(
            RunCurve run, Domain domain, int apart, NeighbourBand band, SmoothingSpline spline, double noiseNats) {
        this.run = run;
        this.domain = domain;
        this.apart = apart;
        this.band = band;
        this.spline = spline;
        this.noiseNats = noiseNats;
    }

    /**
     * Smooths a run's curve. Not identifiable with fewer than {@value CurveBins#FEWEST} different FLOPs.
     *
     * @param stiffness given or cross-validated
     */
    public static FitOutcome<SmoothedCurve> of(RunCurve run, Stiffness stiffness) {
        if (run.isEmpty()) {
            return FitOutcome.notIdentifiable("run " + run.runId() + " has no points");
        }
        CurveBins all = CurveBins.of(run);
        CurveBins bins = all.connected();
        if (bins.size() < CurveBins.FEWEST) {
            return FitOutcome.notIdentifiable("run " + run.runId() + " has points at " + bins.size()
                    + " different FLOPs, smoothing needs " + CurveBins.FEWEST);
        }
        SmoothingSpline spline = switch (stiffness) {
            case Stiffness.Given given ->
                SmoothingSpline.fit(bins.lnFlops(), bins.lossNats(), bins.count(), given.lambda());
            case Stiffness.CrossValidated ignored ->
                SmoothingSpline.crossValidated(bins.lnFlops(), bins.lossNats(), bins.count());
        };
        double noise = StepNoise.nats(run, spline);
        return FitOutcome.fitted(new SmoothedCurve(
                run, domain(run, all, bins), all.size() - bins.size(), new NeighbourBand(bins, noise), spline, noise));
    }

    /** From the first point, or from the first cell kept where others before it are not. */
    private static Domain domain(RunCurve run, CurveBins all, CurveBins kept) {
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        for (int i = 0; i < run.size(); i++) {
            min = Math.min(min, run.computeFlops(i));
            max = Math.max(max, run.computeFlops(i));
        }
        return new Domain(kept.lnFlops()[0] > all.lnFlops()[0] ? Math.exp(kept.lnFlops()[0]) : min, max);
    }

    /** The run that was smoothed. */
    public RunCurve run() {
        return run;
    }

    /** The averages that the spline goes through. */
    public CurveBins bins() {
        return band.bins();
    }

    /** Cells that are not smoothed since they lie far off all their neighbours, as a loss logged before the first step. */
    public int apart() {
        return apart;
    }

    /** FLOPs between the run's first and last point: where the curve is defined. */
    public Domain domain() {
        return domain;
    }

    /**
     * Smoothed loss when the run had spent the FLOPs, nats per residue; within the band of the cells around it, since a spline
     * rings beside a jump.
     *
     * @throws IllegalArgumentException outside the domain
     */
    public double lossAt(double computeFlops) {
        double lnFlops = Math.log(inside(computeFlops));
        return band.nearest(lnFlops, spline.valueAt(lnFlops));
    }

    /**
     * Slope of the smoothed loss over ln C, nats per e-fold of compute.
     *
     * @throws IllegalArgumentException outside the domain
     */
    public double slopeAt(double computeFlops) {
        return spline.slopeAt(Math.log(inside(computeFlops)));
    }

    /** Smoothed loss at the run's last point, nats per residue. */
    public double currentLossNats() {
        return lossAt(domain.maxFlops());
    }

    /** Median-based standard deviation of single points around the smooth curve, nats; 0 for exact curves. */
    public double noiseNats() {
        return noiseNats;
    }

    /** Standard error of the smoothed loss from the scatter of the points, averaged over the curve, nats. */
    public double standardErrorNats() {
        return noiseNats * Math.sqrt(Math.min(1, spline.effectiveParameters() / run.size()));
    }

    /** The stiffness used. */
    public double lambda() {
        return spline.lambda();
    }

    private double inside(double computeFlops) {
        if (!domain.contains(computeFlops)) {
            throw new IllegalArgumentException(
                    "computeFlops " + computeFlops + " lie outside " + domain + " of run " + run.runId());
        }
        return computeFlops;
    }
}
