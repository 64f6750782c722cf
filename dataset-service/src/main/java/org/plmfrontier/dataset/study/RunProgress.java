package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.Objects;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;

/**
 * Where a run stands by the events seen so far. The same event again changes nothing.
 *
 * @param done how far it came
 * @param updatedAt when the last event that changed something happened
 */
public record RunProgress(String runId, RunState state, Done done, Instant updatedAt) {
    /**
     * What is trained of a run.
     *
     * @param lastSlice number of the last slice done, -1 before the first
     * @param step optimiser steps
     * @param tokens training tokens
     * @param computeFlops training FLOPs, unpadded
     */
    public record Done(int lastSlice, long step, double tokens, double computeFlops) {
        /** Nothing. */
        public static final Done NOTHING = new Done(-1, 0, 0, 0);

        public Done {
            if (step < 0 || lastSlice < -1 || !(tokens >= 0) || !(computeFlops >= 0)) {
                throw new IllegalArgumentException("impossible progress: step " + step + ", lastSlice " + lastSlice
                        + ", tokens " + tokens + ", computeFlops " + computeFlops);
            }
        }
    }

    /** What an event means to a run. */
    public sealed interface Reaction {
        /** The run went on. */
        record Advanced(RunProgress progress) implements Reaction {}

        /** Nothing new: a repetition, or an event that says nothing about progress. */
        record Unchanged() implements Reaction {}

        /** The event contradicts what was seen before; it is not believed. */
        record Impossible(String reason) implements Reaction {}
    }

    public RunProgress {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(done, "done");
    }

    public int lastSlice() {
        return done.lastSlice();
    }

    public long step() {
        return done.step();
    }

    public double tokens() {
        return done.tokens();
    }

    public double computeFlops() {
        return done.computeFlops();
    }

    /** A run of which nothing is trained. */
    public static RunProgress planned(String runId, Instant at) {
        return new RunProgress(runId, RunState.PLANNED, Done.NOTHING, at);
    }

    /** What an event of this run means to it. */
    public Reaction after(TrainingEvent event) {
        return switch (event) {
            case SliceCompleted slice -> after(slice);
            case RunStateChanged change -> after(change);
            default -> new Reaction.Unchanged();
        };
    }

    private Reaction after(SliceCompleted slice) {
        if (slice.slice() <= lastSlice()) {
            return new Reaction.Unchanged();
        }
        if (slice.step() < step()) {
            return new Reaction.Impossible("slice " + slice.slice() + " of run " + runId + " ends at step "
                    + slice.step() + ", slice " + lastSlice() + " before it at step " + step());
        }
        Done end = new Done(slice.slice(), slice.step(), slice.tokens(), slice.computeFlops());
        return new Reaction.Advanced(new RunProgress(runId, state, end, slice.at()));
    }

    private Reaction after(RunStateChanged change) {
        if (change.state() == state || change.step() < step()) {
            return new Reaction.Unchanged();
        }
        boolean fromTheEnd = state != RunState.COMPLETED || change.step() == step();
        if (!state.mayBecome(change.state()) || !fromTheEnd) {
            return new Reaction.Impossible("run " + runId + " cannot go from " + state + " at step " + step() + " to "
                    + change.state() + " at step " + change.step());
        }
        return new Reaction.Advanced(new RunProgress(runId, change.state(), done, change.at()));
    }
}
