package org.plmfrontier.fitting.plateau;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Bootstrap;

/**
 * What the verdict on a run was when it had spent less, beside what came: the way to measure how far {@link PlateauRule} can be
 * trusted on real curves.
 *
 * @param flops spent then, training FLOPs
 * @param verdict on the curve as it was
 * @param fallNats what the loss that is judged fell by over the doubling of compute that followed, nats per residue
 */
public record Hindsight(double flops, PlateauVerdict verdict, double fallNats) {
    /** A curve that falls by more within a doubling had not stopped falling. */
    public static final double FALLS_NATS = 0.02;
    /** Looks per doubling. */
    private static final int LOOKS = 2;

    /** Whether the loss was said to have stopped falling, and fell. */
    public boolean isFalseAlarm() {
        return verdict instanceof PlateauVerdict.Plateau && fallNats > FALLS_NATS;
    }

    /**
     * Two looks per doubling of compute, from the first with enough behind it to the last with a doubling ahead; none for a curve
     * that cannot be smoothed.
     *
     * @param run behind its warm-up
     */
    public static List<Hindsight> of(RunCurve run, Schedule schedule, Bootstrap bootstrap) {
        return SmoothedCurve.of(run, Stiffness.crossValidated())
                .result()
                .map(JudgedCurve::of)
                .map(whole -> looks(whole, schedule, bootstrap))
                .orElse(List.of());
    }

    private static List<Hindsight> looks(JudgedCurve whole, Schedule schedule, Bootstrap bootstrap) {
        List<Hindsight> looks = new ArrayList<>();
        double first = whole.domain().minFlops() * Evidence.SHORTEST_SPAN;
        double last = whole.domain().maxFlops();
        for (int k = 0; 2 * first * Math.pow(2, (double) k / LOOKS) <= last; k++) {
            double flops = first * Math.pow(2, (double) k / LOOKS);
            looks.add(new Hindsight(
                    flops,
                    PlateauRule.judge(until(whole.run(), flops), schedule, RunState.TRAINING, bootstrap),
                    whole.lossAt(flops) - whole.lossAt(2 * flops)));
        }
        return looks;
    }

    private static RunCurve until(RunCurve run, double flops) {
        return RunCurve.of(
                        run.runId(),
                        run.parameters(),
                        run.points().stream()
                                .filter(point -> point.computeFlops() <= flops)
                                .toList())
                .plusFinals(run.finals().stream()
                        .filter(at -> at.computeFlops() <= flops)
                        .toList());
    }
}
