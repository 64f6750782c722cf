package org.plmfrontier.fitting.envelope;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * The answer of approach 1 (Hoffmann et al. 2022, section 3.1; Serrano et al. 2024): the envelope, its power laws and
 * their intervals by block bootstrap over runs. Immutable.
 */
public final class EnvelopeFrontier {
    private final Envelope envelope;
    private final EnvelopeLaws laws;
    private final Resamples resamples;
    private final Bootstrap bootstrap;
    private final List<Flag> flags;

    EnvelopeFrontier(Envelope envelope, EnvelopeLaws laws, Resamples resamples, Bootstrap bootstrap, List<Flag> flags) {
        this.envelope = Objects.requireNonNull(envelope);
        this.laws = Objects.requireNonNull(laws);
        this.resamples = Objects.requireNonNull(resamples);
        this.bootstrap = Objects.requireNonNull(bootstrap);
        this.flags = List.copyOf(flags);
    }

    /** Envelope points, ascending by compute. */
    public List<EnvelopePoint> points() {
        return envelope.points();
    }

    /** FLOPs that the envelope spans. */
    public Domain domain() {
        return envelope.domain();
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

    /** Loss of the envelope at the compute, nats per residue; not identifiable outside the envelope. */
    public FitOutcome<Estimate> lossAt(double computeFlops) {
        throw new UnsupportedOperationException("loss at " + computeFlops);
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
        throw new UnsupportedOperationException("domain at " + computeFlops);
    }
}
