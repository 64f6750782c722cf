package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.isoflop.IsoFlopPoint;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.plateau.LearningRates;

/**
 * A smoothed curve and the part of it that may stand for finished models.
 *
 * @param fresh FLOPs until which data were seen few enough times
 * @param uniqueTokens unique tokens of the run
 */
record LossCurve(SmoothedCurve smoothed, Domain fresh, double uniqueTokens) {
    /** A learning rate below this share of its peak has decayed: its run's earlier losses are those of no finished model. */
    static final double DECAYED = 0.5;
    /** Losses that a curve gives where final losses alone do not do. */
    static final int CUTS = 10;
    /** They come from the last such factor of compute: early steps follow another law. */
    static final double LATE = 30;

    LossCurve {
        Objects.requireNonNull(smoothed, "smoothed");
        Objects.requireNonNull(fresh, "fresh");
        if (!(uniqueTokens > 0)) {
            throw new IllegalArgumentException("uniqueTokens must be positive, got " + uniqueTokens);
        }
    }

    /** The curve until it has seen its unique tokens so many times. */
    static List<LossCurve> of(SmoothedCurve smoothed, double uniqueTokens, double mostEpochs) {
        Domain domain = smoothed.domain();
        double most = mostEpochs * uniqueTokens;
        double last = smoothed.run().tokensAt(domain.maxFlops());
        double end = last <= most ? domain.maxFlops() : flopsAt(smoothed, domain, most);
        return end > domain.minFlops()
                ? List.of(new LossCurve(smoothed, new Domain(domain.minFlops(), end), uniqueTokens))
                : List.of();
    }

    /** FLOPs when so many tokens had been seen, by bisection. */
    private static double flopsAt(SmoothedCurve smoothed, Domain domain, double tokens) {
        double low = domain.minFlops();
        double high = domain.maxFlops();
        for (int i = 0; i < 60; i++) {
            double middle = Math.sqrt(low * high);
            if (smoothed.run().tokensAt(middle) <= tokens) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    double parameters() {
        return smoothed.run().parameters();
    }

    boolean decayed() {
        return LearningRates.of(smoothed.run()).share() < DECAYED;
    }

    IsoFlopPoint pointAt(double flops) {
        return new IsoFlopPoint(
                smoothed.run().runId(), parameters(), smoothed.run().tokensAt(flops), smoothed.lossAt(flops));
    }

    /** Smoothed losses of the late part, as if runs had ended there. */
    List<FinalLoss> cuts() {
        Domain late = new Domain(Math.max(fresh.minFlops(), fresh.maxFlops() / LATE), fresh.maxFlops());
        List<FinalLoss> cuts = new ArrayList<>();
        for (double flops : late.logSpaced(CUTS)) {
            double tokens = smoothed.run().tokensAt(flops);
            cuts.add(new FinalLoss(
                    new Observation(smoothed.run().runId(), parameters(), tokens, smoothed.lossAt(flops)),
                    flops,
                    Math.min(tokens, uniqueTokens)));
        }
        return cuts;
    }
}
