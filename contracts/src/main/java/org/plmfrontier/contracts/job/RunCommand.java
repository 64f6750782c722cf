package org.plmfrontier.contracts.job;

import java.time.Instant;
import java.util.Objects;

/**
 * What a person (or a policy) wants of a run; the last one wins.
 *
 * @param action STOP: take no further slice; RESUME: undo a stop
 */
public record RunCommand(String runId, Action action, String reason, String by, Instant at) {
    public enum Action {
        STOP,
        RESUME
    }

    public RunCommand {
        Identifiers.require("runId", runId);
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }
}
