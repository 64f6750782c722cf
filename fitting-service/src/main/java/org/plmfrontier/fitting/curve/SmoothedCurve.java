package org.plmfrontier.fitting.curve;

import org.plmfrontier.fitting.quantity.FitOutcome;

/** The loss of one run as a smooth function of the compute spent. Immutable, so safe to share between threads. */
public final class SmoothedCurve {
    private final RunCurve run;
    private final Domain domain;

    private SmoothedCurve(RunCurve run, Domain domain) {
        this.run = run;
        this.domain = domain;
    }

    /**
     * Smooths a run's curve. Not identifiable with fewer than four different FLOPs.
     *
     * @param stiffness given or cross-validated
     */
    public static FitOutcome<SmoothedCurve> of(RunCurve run, Stiffness stiffness) {
        throw new UnsupportedOperationException("smoothing of " + run + " with " + stiffness);
    }

    /** The run that was smoothed. */
    public RunCurve run() {
        return run;
    }

    /** FLOPs between the run's first and last point: where the curve is defined. */
    public Domain domain() {
        return domain;
    }

    /**
     * Smoothed loss when the run had spent the FLOPs, nats per residue.
     *
     * @throws IllegalArgumentException outside the domain
     */
    public double lossAt(double computeFlops) {
        throw new UnsupportedOperationException("loss at " + computeFlops);
    }

    /** Smoothed loss at the run's last point, nats per residue. */
    public double currentLossNats() {
        return lossAt(domain.maxFlops());
    }
}
