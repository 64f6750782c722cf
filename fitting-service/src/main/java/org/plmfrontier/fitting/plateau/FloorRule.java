package org.plmfrontier.fitting.plateau;

import static org.plmfrontier.fitting.plateau.Evidence.text;

import java.util.Optional;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.regression.OffsetPowerLaw;

/**
 * Decides on a curve that is flat now: is it at a floor? It is, if
 *
 * <ul>
 *   <li>the floor improves the fit over a plain power law by more than {@value #CLEAR} in chi squared (three standard
 *       deviations of one more parameter), else undecided;
 *   <li>the fit expects at most {@value #NEAR_NATS} nats more, else not yet;
 *   <li>the next doubling of compute will lower the loss by at most {@value #MOST_AHEAD_NATS} nats, even at the upper end of its
 *       interval ({@link NextDoubling}), else undecided;
 *   <li>even the lower end of the floor's interval lies within {@value #WIDEST_NATS} nats, else undecided;
 *   <li>the learning rate is known to be alive, else undecided.
 * </ul>
 */
final class FloorRule {
    static final double CLEAR = 9;
    static final double NEAR_NATS = 0.02;
    static final double WIDEST_NATS = 0.05;
    /** What repeated runs differ by. */
    static final double MOST_AHEAD_NATS = 0.015;

    private static final int LOOKS = 800;

    private FloorRule() {}

    static PlateauVerdict judge(
            JudgedCurve curve, LearningRates rates, Optional<NextDoubling> next, Bootstrap bootstrap) {
        Tail tail = Tail.of(curve);
        double current = curve.currentLossNats();
        if (tail.size() < Tail.FEWEST) {
            return undecided(
                    next, "the late part of the curve has %d separate points, %d are needed", tail.size(), Tail.FEWEST);
        }
        String flat = text("the %s is flat at %.3f nats", curve.name(), current)
                + next.map(fall -> " (" + fall.words() + ")").orElse("");
        OffsetPowerLaw floor = tail.withFloor();
        double gain = tail.withoutFloor().residualSquares() - floor.residualSquares();
        if (gain < CLEAR) {
            return undecided(next, "%s, but a power law without a floor explains the curve as well", flat);
        }
        if (current - floor.floor() > NEAR_NATS) {
            return new PlateauVerdict.NotYet(
                    text("%s now, but its fit goes on falling to %.3f", flat, floor.floor()), next.orElse(null));
        }
        if (next.isPresent() && next.get().fallNats().high() > MOST_AHEAD_NATS) {
            return undecided(next, "%s, which may be too much to call it a floor", flat);
        }
        Estimate lInf = FloorInterval.of(tail, floor, bootstrap);
        if (current - lInf.low() > WIDEST_NATS) {
            return undecided(next, "%s, but its floor may lie as low as %.3f", flat, lInf.low());
        }
        if (!rates.known()) {
            return undecided(
                    next,
                    "the %s is within %.2f nats of a floor of %.3f, but no learning rate is known, so the schedule may hold"
                            + " it: give the rate of each row in a column lr",
                    curve.name(),
                    NEAR_NATS,
                    lInf.value());
        }
        return plateau(curve, lInf, next);
    }

    private static PlateauVerdict undecided(Optional<NextDoubling> next, String sentence, Object... figures) {
        return new PlateauVerdict.Undecided(text(sentence, figures), next.orElse(null));
    }

    private static PlateauVerdict plateau(JudgedCurve curve, Estimate lInf, Optional<NextDoubling> next) {
        Domain domain = curve.domain();
        double first = curve.lossAt(domain.minFlops());
        double fall = Math.max(0, first - lInf.value());
        double near = lInf.value() + NEAR_NATS;
        double to90 = flopsToStayBelow(curve, Math.max(near, first - 0.90 * fall));
        double to95 = flopsToStayBelow(curve, Math.max(near, first - 0.95 * fall));
        double to100 = flopsToStayBelow(curve, near);
        return new PlateauVerdict.Plateau(
                text(
                                "the %s has been within %.2f nats of its floor of %.3f since %.3g FLOPs at a living learning rate",
                                curve.name(), NEAR_NATS, lInf.value(), to100)
                        + next.map(ahead -> "; " + ahead.words()).orElse(""),
                lInf,
                to90,
                to95,
                to100,
                next.orElse(null));
    }

    /** The first of the FLOPs looked at after which the smoothed loss stays at or below the level. */
    private static double flopsToStayBelow(JudgedCurve curve, double level) {
        double[] flops = curve.domain().logSpaced(LOOKS);
        int i = LOOKS - 1;
        while (i > 0 && curve.lossAt(flops[i - 1]) <= level) {
            i--;
        }
        return flops[i];
    }
}
