package org.plmfrontier.fitting.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.StepThinning;

/** A run while a batch of events is being added to it. Not thread-safe. */
final class RunDraft {
    private static final double UNKNOWN_N = 1;

    private final Run before;
    private final StepThinning thinning;
    private final TreeMap<Long, CurvePoint> points = new TreeMap<>();
    private final List<FinalPoint> finals = new ArrayList<>();
    private Optional<Origin> origin;
    private Optional<StateChange> change;
    private Optional<Throughput> throughput;

    RunDraft(Run before, StepThinning thinning) {
        this.before = before;
        this.thinning = thinning;
        origin = before.origin();
        change = before.change();
        throughput = before.throughput();
    }

    /** A run of which nothing was received. */
    static Run unheard(String studyId, String runId, StepThinning thinning) {
        RunCurve curve = RunCurve.empty(runId, UNKNOWN_N, thinning);
        return new Run(studyId, runId, Optional.empty(), curve, Optional.empty(), Optional.empty());
    }

    /**
     * Adds an event.
     *
     * @throws IllegalArgumentException where the event cannot be true of this run, with the reason
     */
    void add(TrainingEvent event) {
        if (!event.studyId().equals(before.studyId())) {
            throw new IllegalArgumentException("run " + before.runId() + " belongs to study " + before.studyId()
                    + ", the event says study " + event.studyId());
        }
        switch (event) {
            case RunPlanned planned -> plan(planned.run());
            case StepCompleted step -> step(step);
            case HeldOutEvaluated evaluation -> evaluate(evaluation);
            case RunStateChanged received -> change(received);
            case SliceCompleted ignored -> {}
            case CheckpointRefused ignored -> {}
            case TrainingEvent.DownstreamEvaluated ignored -> {}
            case RunDeleted gone -> throw new IllegalStateException("run " + gone.runId() + " is deleted elsewhere");
        }
    }

    /** The run with all that was added, unless nothing was new; a curve to which nothing was added is the same object. */
    @SuppressWarnings("ReferenceEquality")
    Optional<Run> changed() {
        RunCurve curve = curve().plus(points.values()).plusFinals(finals);
        boolean same = curve == before.curve()
                && origin.equals(before.origin())
                && change.equals(before.change())
                && throughput.equals(before.throughput());
        return same
                ? Optional.empty()
                : Optional.of(new Run(before.studyId(), before.runId(), origin, curve, change, throughput));
    }

    private RunCurve curve() {
        RunCurve known = before.curve();
        if (before.isKnown() || origin.isEmpty()) {
            return known;
        }
        return RunCurve.empty(before.runId(), origin.get().parameters(), thinning)
                .plus(known.points())
                .plusFinals(known.finals());
    }

    /** Takes the plan, or one with further budgets; the plan from before an extension says nothing new. */
    private void plan(RunSpec plan) {
        Origin received = new Origin.Planned(plan);
        Optional<RunSpec> known = origin.flatMap(Origin::spec);
        if (known.isPresent() && known.get().goesOnFrom(plan)) {
            return;
        }
        boolean extended = known.isPresent() && plan.goesOnFrom(known.get());
        if (origin.isPresent() && !origin.get().equals(received) && !extended) {
            throw new IllegalArgumentException("run " + before.runId() + " is planned already, and otherwise");
        }
        origin = Optional.of(received);
    }

    private void step(StepCompleted event) {
        CurvePoint point = new CurvePoint(
                event.step(),
                event.tokens(),
                event.computeFlops(),
                event.executedFlops(),
                event.lossNats(),
                event.learningRate());
        Throughput beat = new Throughput(event.step(), event.tokensPerSecond(), event.at());
        Neighbours.of(before.curve(), points, event.step()).require(before.runId(), point);
        points.put(point.step(), point);
        if (throughput.isEmpty() || throughput.get().step() < beat.step()) {
            throughput = Optional.of(beat);
        }
    }

    private void evaluate(HeldOutEvaluated event) {
        FinalPoint point = new FinalPoint(
                event.budgetTokens(), event.tokens(), event.computeFlops(), event.lossNats(), event.parts());
        for (List<FinalPoint> known : List.of(before.curve().finals(), finals)) {
            for (FinalPoint other : known) {
                if (other.budgetTokens() == point.budgetTokens() && !other.agreesWith(point)) {
                    throw new IllegalArgumentException("the budget of " + point.budgetTokens() + " tokens of run "
                            + before.runId() + " was evaluated before, with another result");
                }
            }
        }
        finals.add(point);
    }

    private void change(RunStateChanged event) {
        StateChange received = new StateChange(event.state(), event.step(), event.reason(), event.at());
        if (change.isEmpty() || received.isAfter(change.get())) {
            change = Optional.of(received);
        }
    }
}
