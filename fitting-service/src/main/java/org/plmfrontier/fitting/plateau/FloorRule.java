package org.plmfrontier.fitting.plateau;

import static org.plmfrontier.fitting.plateau.Evidence.text;

import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.SmoothedCurve;
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
 *   <li>even the lower end of the floor's interval lies within {@value #WIDEST_NATS} nats, else undecided;
 *   <li>the learning rate is known to be alive, else undecided.
 * </ul>
 */
final class FloorRule {
    static final double CLEAR = 9;
    static final double NEAR_NATS = 0.02;
    static final double WIDEST_NATS = 0.05;
    private static final int LOOKS = 800;

    private FloorRule() {}

    static PlateauVerdict judge(SmoothedCurve curve, LearningRates rates, Bootstrap bootstrap) {
        Tail tail = Tail.of(curve);
        double current = curve.currentLossNats();
        if (tail.size() < Tail.FEWEST) {
            return new PlateauVerdict.Undecided(
                    text("the late part of the curve has %d separate points, %d are needed", tail.size(), Tail.FEWEST));
        }
        OffsetPowerLaw floor = tail.withFloor();
        double gain = tail.withoutFloor().residualSquares() - floor.residualSquares();
        if (gain < CLEAR) {
            return new PlateauVerdict.Undecided(text(
                    "the loss is flat at %.3f nats, but a power law without a floor explains the curve as well",
                    current));
        }
        if (current - floor.floor() > NEAR_NATS) {
            return new PlateauVerdict.NotYet(text(
                    "the loss is flat at %.3f nats now, but its fit goes on falling to %.3f", current, floor.floor()));
        }
        Estimate lInf = FloorInterval.of(tail, floor, bootstrap);
        if (current - lInf.low() > WIDEST_NATS) {
            return new PlateauVerdict.Undecided(
                    text("the loss is flat at %.3f nats, but its floor may lie as low as %.3f", current, lInf.low()));
        }
        if (!rates.known()) {
            return new PlateauVerdict.Undecided(text(
                    "the loss is within %.2f nats of a floor of %.3f, but no learning rate is known, so the schedule may hold"
                            + " it: give the rate of each row in a column lr",
                    NEAR_NATS, lInf.value()));
        }
        return plateau(curve, lInf);
    }

    private static PlateauVerdict plateau(SmoothedCurve curve, Estimate lInf) {
        Domain domain = curve.domain();
        double first = curve.lossAt(domain.minFlops());
        double fall = Math.max(0, first - lInf.value());
        double near = lInf.value() + NEAR_NATS;
        double to90 = flopsToStayBelow(curve, Math.max(near, first - 0.90 * fall));
        double to95 = flopsToStayBelow(curve, Math.max(near, first - 0.95 * fall));
        double to100 = flopsToStayBelow(curve, near);
        return new PlateauVerdict.Plateau(
                text(
                        "the loss has been within %.2f nats of its floor of %.3f since %.3g FLOPs at a living learning rate",
                        NEAR_NATS, lInf.value(), to100),
                lInf,
                to90,
                to95,
                to100);
    }

    /** The first of the FLOPs looked at after which the smoothed loss stays at or below the level. */
    private static double flopsToStayBelow(SmoothedCurve curve, double level) {
        double[] flops = curve.domain().logSpaced(LOOKS);
        int i = LOOKS - 1;
        while (i > 0 && curve.lossAt(flops[i - 1]) <= level) {
            i--;
        }
        return flops[i];
    }
}
