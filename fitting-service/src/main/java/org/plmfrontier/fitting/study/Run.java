package org.plmfrontier.fitting.study;

import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;

/**
 * One run as its events tell it. Immutable.
 *
 * @param spec the plan; absent while events of the run came before it
 * @param curve losses of steps and finals; its N is meaningless while the plan is absent
 * @param change the latest state change, if any was told
 * @param pulse speed at the latest step
 */
public record Run(
        String studyId,
        String runId,
        Optional<RunSpec> spec,
        RunCurve curve,
        Optional<StateChange> change,
        Optional<Pulse> pulse) {
    public Run {
        Objects.requireNonNull(studyId, "studyId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(curve, "curve");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(pulse, "pulse");
    }

    public boolean isPlanned() {
        return spec.isPresent();
    }

    /** The plan.
     *
     * @throws IllegalStateException while it is absent
     */
    public RunSpec plan() {
        return spec.orElseThrow(() -> new IllegalStateException("run " + runId + " is not planned yet"));
    }

    /** N in all three conventions. */
    public ParameterCount parameters() {
        return ParameterCount.of(plan().shape());
    }

    /** The state told last; without one, a run with points is training. */
    public RunState state() {
        return change.map(StateChange::state).orElse(curve.isEmpty() ? RunState.PLANNED : RunState.TRAINING);
    }

    /** Optimiser steps done. */
    public long step() {
        return curve.last().map(CurvePoint::step).orElse(0L);
    }

    /** Training tokens seen. */
    public double tokens() {
        return curve.last().map(CurvePoint::tokens).orElse(0.0);
    }

    /** Training FLOPs spent, unpadded. */
    public double computeFlops() {
        return curve.last().map(CurvePoint::computeFlops).orElse(0.0);
    }

    /** FLOPs still to spend; none once the run is over. */
    public double remainingFlops() {
        return state().isFinal() ? 0 : Math.max(0, plan().expectedFlops() - computeFlops());
    }

    /** Tokens per second while the run trains. */
    public Optional<Double> tokensPerSecond() {
        return state() == RunState.TRAINING ? pulse.map(Pulse::tokensPerSecond) : Optional.empty();
    }
}
