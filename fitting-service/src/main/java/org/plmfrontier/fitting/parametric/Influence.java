package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What a surface would be without one run: five of 245 published points move beta from 0.367 to 0.453.
 *
 * @param run the run left out
 * @param without the surface that the other runs determine, or why they determine none
 * @param shiftOfA its a less that of all runs; 0 where there is no surface
 */
public record Influence(String run, FitOutcome<LossSurface> without, double shiftOfA) {

    /** Leaves out each run in turn; those without which there is no surface first, then by the size of the shift. */
    public static FitOutcome<List<Influence>> of(Approach3 approach, Observations observations) {
        return approach.fit(observations).map(best -> list(approach, observations, best));
    }

    private static List<Influence> list(Approach3 approach, Observations observations, RobustFit best) {
        List<Influence> influences = new ArrayList<>();
        for (String run : Arrays.stream(observations.run()).distinct().toList()) {
            FitOutcome<LossSurface> without =
                    approach.fit(observations.without(run)).map(RobustFit::surface);
            double shift = without.result()
                    .map(surface -> surface.a() - best.surface().a())
                    .orElse(0.0);
            influences.add(new Influence(run, without, shift));
        }
        influences.sort(
                Comparator.comparing((Influence i) -> i.without().result().isPresent())
                        .thenComparing(i -> -Math.abs(i.shiftOfA()))
                        .thenComparing(Influence::run));
        return List.copyOf(influences);
    }
}
