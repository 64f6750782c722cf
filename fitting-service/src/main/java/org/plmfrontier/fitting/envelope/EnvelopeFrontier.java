package org.plmfrontier.fitting.envelope;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.regression.PlainLaw;

/**
 * The answer of approach 1 (Hoffmann et al. 2022, section 3.1; Serrano et al. 2024): the envelope, its power laws and
 * their intervals by block bootstrap over runs. Immutable.
 */
public final class EnvelopeFrontier {
    /** How far outside the trained FLOPs the laws are quoted; further out no data speaks for them. */
    public static final double FURTHEST = 10;
    /** How far outside the sizes tried N_opt is quoted. */
    public static final double FURTHEST_SIZE = 10;

    private final EnvelopeGrid grid;
    private final List<EnvelopePoint> points;
    private final EnvelopeLaws laws;
    private final Resamples resamples;
    private final Bootstrap bootstrap;
    private final List<Flag> flags;

    EnvelopeFrontier(EnvelopeGrid grid, EnvelopeLaws laws, Resamples resamples, Bootstrap bootstrap, List<Flag> flags) {
        this.grid = grid;
        this.points = List.copyOf(grid.points());
        this.laws = Objects.requireNonNull(laws);
        this.resamples = Objects.requireNonNull(resamples);
        this.bootstrap = Objects.requireNonNull(bootstrap);
        this.flags = List.copyOf(flags);
    }

    /** Envelope points, ascending by compute. */
    public List<EnvelopePoint> points() {
        return points;
    }

    /** FLOPs that the envelope spans. */
    public Domain domain() {
        return grid.domain();
    }

    /** Exponent of N_opt ~ C^a. */
    public Estimate a() {
        return resamples.estimate(
                laws.parameters().exponent(), r -> r.laws().parameters().exponent());
    }

    /** Exponent of D_opt ~ C^b. */
    public Estimate b() {
        return resamples.estimate(
                laws.tokens().exponent(), r -> r.laws().tokens().exponent());
    }

    /** The two power laws of the point estimate. */
    public EnvelopeLaws laws() {
        return laws;
    }

    /** N_opt at the compute; not identifiable too far outside the envelope. */
    public FitOutcome<Estimate> parametersAt(double computeFlops) {
        return within(computeFlops)
                .map(c -> resamples.estimate(
                        laws.parameters().at(c), r -> r.laws().parameters().at(c)));
    }

    /** D_opt at the compute; not identifiable too far outside the envelope. */
    public FitOutcome<Estimate> tokensAt(double computeFlops) {
        return within(computeFlops)
                .map(c -> resamples.estimate(
                        laws.tokens().at(c), r -> r.laws().tokens().at(c)));
    }

    /** Tokens per parameter at the compute; not identifiable too far outside the envelope. */
    public FitOutcome<Estimate> tokensPerParameterAt(double computeFlops) {
        return within(computeFlops).map(c -> resamples.estimate(ratio(laws, c), r -> ratio(r.laws(), c)));
    }

    /**
     * Lowest smoothed loss at the compute, nats per residue; not identifiable where no run has been. The lower end of its
     * interval carries the smoothing error alone: a resample never holds a better run than the study.
     */
    public FitOutcome<Estimate> lossAt(double computeFlops) {
        double[] losses = new double[grid.curves().size()];
        boolean covered = false;
        for (int run = 0; run < losses.length; run++) {
            SmoothedCurve curve = grid.curves().get(run);
            boolean here = curve.domain().contains(computeFlops);
            losses[run] = here ? curve.lossAt(computeFlops) : Double.POSITIVE_INFINITY;
            covered |= here;
        }
        return covered
                ? FitOutcome.fitted(resamples.lowestLoss(losses))
                : FitOutcome.notIdentifiable(
                        "no run has spent " + computeFlops + " FLOPs, and the envelope does not extrapolate losses");
    }

    /**
     * Loss along the envelope as a power law of compute with a floor (Kaplan et al. 2020, Eq. 1.3), where at least two runs
     * could be compared: below that the smallest run's first steps would decide it.
     */
    public FitOutcome<PlainLaw> lossLaw() {
        return EnvelopeLossLaw.of(grid, resamples, bootstrap);
    }

    /** How the intervals were made; its seed reproduces them. */
    public Bootstrap bootstrap() {
        return bootstrap;
    }

    /** What a reader must know. */
    public List<Flag> flags() {
        return flags;
    }

    private static double ratio(EnvelopeLaws laws, double computeFlops) {
        return laws.tokens().at(computeFlops) / laws.parameters().at(computeFlops);
    }

    private FitOutcome<Double> within(double computeFlops) {
        Domain domain = grid.domain();
        if (!(computeFlops >= domain.minFlops() / FURTHEST && computeFlops <= domain.maxFlops() * FURTHEST)) {
            return FitOutcome.notIdentifiable(computeFlops + " FLOPs lie more than a factor " + FURTHEST
                    + " outside what was trained, " + domain.minFlops() + " to " + domain.maxFlops());
        }
        double outside = grid.outsideSizes(laws.parameters().at(computeFlops));
        return outside <= FURTHEST_SIZE
                ? FitOutcome.fitted(computeFlops)
                : FitOutcome.notIdentifiable(String.format(
                        Locale.ROOT,
                        "at %.3g FLOPs the law gives N = %.3g, a factor %.3g outside the sizes tried: an extrapolation",
                        computeFlops,
                        laws.parameters().at(computeFlops),
                        outside));
    }
}
