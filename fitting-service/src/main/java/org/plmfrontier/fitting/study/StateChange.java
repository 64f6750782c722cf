package org.plmfrontier.fitting.study;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import org.plmfrontier.contracts.event.RunState;

/**
 * The latest word on a run's state.
 *
 * @param step optimiser steps done by then
 * @param reason one sentence for people; empty where the state says it all
 * @param at to the microsecond, as a database keeps it
 */
public record StateChange(RunState state, long step, String reason, Instant at) {
    private static final Comparator<StateChange> AGE = Comparator.comparing(StateChange::at)
            .thenComparing(StateChange::step)
            .thenComparing(StateChange::state);

    public StateChange {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (step < 0) {
            throw new IllegalArgumentException("step must not be negative, got " + step);
        }
    }

    /** Whether this is the later word of the two, whatever the order in which they arrived. */
    public boolean isAfter(StateChange other) {
        return AGE.compare(this, other) > 0;
    }
}
