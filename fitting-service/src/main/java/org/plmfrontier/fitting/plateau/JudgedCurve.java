package org.plmfrontier.fitting.plateau;

import java.util.Arrays;
import java.util.List;
import org.plmfrontier.fitting.curve.CurveBins;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;

/**
 * The smooth loss that a verdict is about: of the held-out proteins where the run was evaluated on them at least {@value
 * #FEWEST_EVALUATIONS} times, else of training. Between two evaluations the held-out loss is the smoothed training loss plus
 * what they differ by, linear in ln C; before the first and after the last the difference stays as it is there.
 *
 * @param training the smoothed curve of the losses of single steps
 * @param bins its cells, moved by the difference
 * @param evaluatedLnFlops [evaluations] ln C of each, strictly ascending; empty where the training loss is judged
 * @param differenceNats [evaluations] held-out loss less smoothed training loss
 */
record JudgedCurve(SmoothedCurve training, CurveBins bins, double[] evaluatedLnFlops, double[] differenceNats) {
    /** Fewer do not show whether both losses go the same way. */
    static final int FEWEST_EVALUATIONS = 3;

    static JudgedCurve of(SmoothedCurve training) {
        Domain domain = training.domain();
        List<FinalPoint> evaluations = training.run().finals().stream()
                .filter(at -> domain.contains(at.computeFlops()))
                .toList();
        double[] lnFlops = evaluations.stream()
                .mapToDouble(at -> Math.log(at.computeFlops()))
                .toArray();
        boolean ascending = true;
        for (int i = 1; i < lnFlops.length; i++) {
            ascending &= lnFlops[i] > lnFlops[i - 1];
        }
        if (evaluations.size() < FEWEST_EVALUATIONS || !ascending) {
            return new JudgedCurve(training, training.bins(), new double[0], new double[0]);
        }
        double[] difference = evaluations.stream()
                .mapToDouble(at -> at.lossNats() - training.lossAt(at.computeFlops()))
                .toArray();
        CurveBins cells = training.bins();
        double[] losses = cells.lossNats().clone();
        for (int i = 0; i < losses.length; i++) {
            losses[i] += between(lnFlops, difference, cells.lnFlops()[i]);
        }
        return new JudgedCurve(training, new CurveBins(cells.lnFlops(), losses, cells.count()), lnFlops, difference);
    }

    /** Whether this is the loss on held-out proteins. */
    boolean isHeldOut() {
        return evaluatedLnFlops.length > 0;
    }

    /** What the loss is called in a sentence. */
    String name() {
        return isHeldOut() ? "held-out loss" : "loss";
    }

    /**
     * The loss when the run had spent the FLOPs, nats per residue.
     *
     * @throws IllegalArgumentException outside the domain
     */
    double lossAt(double computeFlops) {
        double loss = training.lossAt(computeFlops);
        return isHeldOut() ? loss + between(evaluatedLnFlops, differenceNats, Math.log(computeFlops)) : loss;
    }

    /** The loss at the run's last point, nats per residue. */
    double currentLossNats() {
        return lossAt(domain().maxFlops());
    }

    /** FLOPs between the run's first and last point. */
    Domain domain() {
        return training.domain();
    }

    RunCurve run() {
        return training.run();
    }

    /** Linear between the places, constant outside of them. */
    private static double between(double[] places, double[] values, double at) {
        int found = Arrays.binarySearch(places, at);
        if (found >= 0) {
            return values[found];
        }
        int next = -found - 1;
        if (next == 0 || next == places.length) {
            return values[Math.min(next, places.length - 1)];
        }
        double share = (at - places[next - 1]) / (places[next] - places[next - 1]);
        return values[next - 1] + share * (values[next] - values[next - 1]);
    }
}
