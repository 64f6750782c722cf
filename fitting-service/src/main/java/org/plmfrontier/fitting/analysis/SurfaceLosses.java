package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.plmfrontier.fitting.parametric.Observations;

/**
 * The losses that surfaces are fitted to: one final loss of each run where these determine a surface. Where they do not, as
 * with one curve per size and all of the same length, losses of the curves' late parts stand for them, which is right as far
 * as a run's loss on the way is that of a run that ends there.
 */
final class SurfaceLosses {
    /** Different N, and different D, that determine the five numbers of Hoffmann's form with something left to check them. */
    static final int FEWEST = 4;
    /** Standard deviation of ln D left when ln N is known, and the reverse, without which N and D are not told apart. */
    static final double LEAST_SPREAD = 0.3;

    private SurfaceLosses() {}

    /**
     * The losses.
     *
     * @param finals last losses of runs; several only of runs without a curve
     * @param excluded receives a sentence where curves stand for final losses
     */
    static List<FinalLoss> of(List<FinalLoss> finals, List<LossCurve> curves, List<String> excluded) {
        List<LossCurve> cuttable =
                curves.stream().filter(curve -> !curve.decayed()).toList();
        if (cuttable.isEmpty() || determine(finals)) {
            return finals;
        }
        Set<String> cut = new HashSet<>();
        List<FinalLoss> losses = new ArrayList<>();
        for (LossCurve curve : cuttable) {
            cut.add(curve.smoothed().run().runId());
            losses.addAll(curve.cuts());
        }
        finals.stream().filter(one -> !cut.contains(one.loss().run())).forEach(losses::add);
        excluded.add(String.format(
                Locale.ROOT,
                "the final losses alone determine no surface (that needs %d different N and %d different D that do not go"
                        + " together), so %d smoothed losses of the late part of each of %d curves stand for them, which holds"
                        + " at a constant learning rate",
                FEWEST,
                FEWEST,
                LossCurve.CUTS,
                cuttable.size()));
        return losses;
    }

    static boolean determine(List<FinalLoss> finals) {
        double[] lnN = finals.stream()
                .mapToDouble(one -> Math.log(one.loss().parameters()))
                .toArray();
        double[] lnD = finals.stream()
                .mapToDouble(one -> Math.log(one.loss().tokens()))
                .toArray();
        return Observations.distinct(finals.stream()
                                .mapToDouble(one -> one.loss().parameters())
                                .toArray())
                        >= FEWEST
                && Observations.distinct(finals.stream()
                                .mapToDouble(one -> one.loss().tokens())
                                .toArray())
                        >= FEWEST
                && finals.size() >= 2 * FEWEST
                && spread(lnN, lnD) >= LEAST_SPREAD
                && spread(lnD, lnN) >= LEAST_SPREAD;
    }

    /** Standard deviation of y around its line over x. */
    private static double spread(double[] x, double[] y) {
        double n = x.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += x[i] / n;
            meanY += y[i] / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return Math.sqrt(Math.max(0, yy - (xx > 0 ? xy * xy / xx : 0)) / n);
    }
}
