package org.plmfrontier.fitting.study;

import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;

/**
 * One run, as its events describe it. Immutable.
 *
 * @param origin the plan or the file; absent while events of the run came before its plan
 * @param curve losses of steps and finals; its N is meaningless while the origin is absent
 * @param change the latest state change, if any was received
 * @param throughput speed at the latest step
 */
public record Run(
        String studyId,
        String runId,
        Optional<Origin> origin,
        RunCurve curve,
        Optional<StateChange> change,
        Optional<Throughput> throughput) {
    public Run {
        Objects.requireNonNull(studyId, "studyId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(curve, "curve");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(throughput, "throughput");
    }

    /** Whether the run has its place in the study: its plan or its file is there. */
    public boolean isKnown() {
        return origin.isPresent();
    }

    /** The plan of a run of the suite; empty before it came and for imported runs. */
    public Optional<RunSpec> spec() {
        return origin.flatMap(Origin::spec);
    }

    /** Label for people. */
    public String name() {
        return known().name();
    }

    /** N in the convention of the study. */
    public double parameters() {
        return known().parameters();
    }

    /** What the run may be fitted together with, see {@link Origin#family()}. */
    public String family() {
        return known().family();
    }

    /** FLOPs of the whole run; of an imported one what it has spent. */
    public double expectedFlops() {
        return spec().map(RunSpec::expectedFlops).orElseGet(this::computeFlops);
    }

    /** Tokens of the whole run; of an imported one what it has seen. */
    public double budgetTokens() {
        return spec().map(plan -> plan.budgets().getLast().tokens()).orElseGet(this::tokens);
    }

    /** The state received last; without one, a run with points is training. Imported runs are over. */
    public RunState state() {
        if (origin.isPresent() && origin.get() instanceof Origin.Imported) {
            return RunState.COMPLETED;
        }
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
        return state().isFinal() ? 0 : Math.max(0, expectedFlops() - computeFlops());
    }

    /** Tokens per second while the run trains. */
    public Optional<Double> tokensPerSecond() {
        return state() == RunState.TRAINING ? throughput.map(Throughput::tokensPerSecond) : Optional.empty();
    }

    /** This run with another form of its curve. */
    Run with(RunCurve other) {
        return new Run(studyId, runId, origin, other, change, throughput);
    }

    private Origin known() {
        return origin.orElseThrow(() -> new IllegalStateException("run " + runId + " is not planned yet"));
    }
}
