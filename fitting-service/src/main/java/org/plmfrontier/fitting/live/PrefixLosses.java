package org.plmfrontier.fitting.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.analysis.CurveStudy;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.study.Run;

/**
 * The latest losses of unfinished runs as final losses of shorter ones. Under a schedule that shares prefixes a run that has seen D
 * tokens is, to the weight, the run that was planned for D tokens, so its loss now is a final loss at its own N and D. It is known as
 * a smoothed training loss while final losses are held-out ones; the runs that have both at one compute tell the ratio.
 */
final class PrefixLosses {
    /** Fewest runs with a held-out loss on their curve; the median of fewer ratios is no more than one of them. */
    private static final int FEWEST_RATIOS = 3;

    /** A run that has gone less far beyond its last final loss tells nothing new. */
    private static final double FURTHER = 1.05;

    private PrefixLosses() {}

    /** One per run that trains, shares prefixes and has seen its data at most {@value CurveStudy#MOST_EPOCHS} times. */
    static Observations of(Collection<RunFit> runs) {
        OptionalDouble lnRatio = lnHeldOutOverSmoothed(runs);
        List<Observation> losses = new ArrayList<>();
        if (lnRatio.isPresent()) {
            for (RunFit fit : runs) {
                if (tells(fit.run())) {
                    fit.currentLossNats()
                            .ifPresent(nats -> losses.add(new Observation(
                                    fit.run().runId(),
                                    fit.run().parameters(),
                                    fit.run().tokens(),
                                    nats * Math.exp(lnRatio.getAsDouble()))));
                }
            }
        }
        return Observations.of(losses);
    }

    private static boolean tells(Run run) {
        double known = run.curve().finals().stream()
                .mapToDouble(FinalPoint::tokens)
                .max()
                .orElse(0);
        return run.state() == RunState.TRAINING
                && run.tokens() > FURTHER * known
                && run.spec()
                        .map(plan -> plan.recipe().schedule().sharesPrefixes()
                                && run.tokens()
                                        <= CurveStudy.MOST_EPOCHS
                                                * plan.corpus().tokens())
                        .orElse(false);
    }

    /** Median over the runs, of the last held-out loss of each that lies on its smoothed curve. */
    private static OptionalDouble lnHeldOutOverSmoothed(Collection<RunFit> runs) {
        double[] ratios = runs.stream()
                .flatMap(fit -> fit.smoothed().result().stream())
                .flatMapToDouble(curve -> lastRatio(curve).stream())
                .sorted()
                .toArray();
        if (ratios.length < FEWEST_RATIOS) {
            return OptionalDouble.empty();
        }
        int half = ratios.length / 2;
        return OptionalDouble.of(ratios.length % 2 == 1 ? ratios[half] : (ratios[half - 1] + ratios[half]) / 2);
    }

    private static OptionalDouble lastRatio(SmoothedCurve curve) {
        return curve.run().finals().stream()
                .filter(point -> curve.domain().contains(point.computeFlops()))
                .mapToDouble(point -> Math.log(point.lossNats() / curve.lossAt(point.computeFlops())))
                .reduce((early, late) -> late);
    }
}
