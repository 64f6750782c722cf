package org.plmfrontier.fitting.plateau;

import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Judges whether a run has reached its plateau. */
public final class PlateauRule {
    private PlateauRule() {}

    /**
     * The verdict on a run.
     *
     * @param curve the run's smoothed curve; its run carries the final losses
     * @param schedule the run's learning-rate schedule
     * @param state DIVERGED decides by itself
     * @param bootstrap how the interval of the floor is made
     */
    public static PlateauVerdict judge(SmoothedCurve curve, Schedule schedule, RunState state, Bootstrap bootstrap) {
        throw new UnsupportedOperationException("verdict on " + curve.run() + schedule + state + bootstrap);
    }

    /** The verdict on a curve that may be too short to smooth: then undecided. */
    public static PlateauVerdict judge(RunCurve curve, Schedule schedule, RunState state, Bootstrap bootstrap) {
        return switch (SmoothedCurve.of(curve, Stiffness.crossValidated())) {
            case FitOutcome.Fitted<SmoothedCurve> smooth -> judge(smooth.value(), schedule, state, bootstrap);
            case FitOutcome.NotIdentifiable<SmoothedCurve> refusal -> new PlateauVerdict.Undecided(refusal.reason());
            case FitOutcome.NotConverged<SmoothedCurve> failure -> new PlateauVerdict.Undecided(failure.reason());
        };
    }
}
