package org.plmfrontier.fitting.publication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.parametric.Influence;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What approach 3 would say without each run.
 *
 * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
 * @param reason null where the runs are there
 * @param runs most moving first
 */
public record InfluenceView(String outcome, @Nullable String reason, List<Line> runs) {

    /**
     * One run left out.
     *
     * @param a exponent without the run; null where the others determine none, and then {@code reason} says why
     * @param shiftOfA by how much it moves; null with {@code a}
     */
    public record Line(
            String run,
            String name,
            @Nullable Double a,
            @Nullable Double shiftOfA,
            @Nullable String reason) {}

    static InfluenceView of(FamilyFit family) {
        FitOutcome<List<Influence>> outcome = family.influence();
        return new InfluenceView(
                Outcomes.name(outcome),
                Outcomes.reason(outcome),
                outcome.result().orElse(List.of()).stream()
                        .map(one -> line(one, family))
                        .toList());
    }

    private static Line line(Influence influence, FamilyFit family) {
        RunFit known = family.runs().get(influence.run());
        Double a = influence.without().result().map(LossSurface::a).orElse(null);
        return new Line(
                influence.run(),
                known == null ? influence.run() : known.run().name(),
                a,
                a == null ? null : Double.valueOf(influence.shiftOfA()),
                Outcomes.reason(influence.without()));
    }
}
