package org.plmfrontier.fitting.envelope;

import java.util.List;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Approach 1: the power laws along the lower envelope of the smoothed curves. */
public final class Approach1 {
    /** FLOP values at which the envelope is evaluated (Hoffmann et al. 2022, section 3.1). */
    public static final int GRID = 1500;

    private Approach1() {}

    /**
     * Fits N_opt ~ C^a and D_opt ~ C^b by least squares in logarithms. Not identifiable with fewer than two runs or with
     * one size on the envelope.
     *
     * @param curves one smoothed curve per run
     */
    public static FitOutcome<EnvelopeFrontier> fit(List<SmoothedCurve> curves, Bootstrap bootstrap) {
        throw new UnsupportedOperationException("fit of " + curves + bootstrap);
    }
}
