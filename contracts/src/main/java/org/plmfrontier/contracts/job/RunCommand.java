package org.plmfrontier.contracts.job;

import java.time.Instant;
import java.util.Objects;

/**
 * What a person (or a policy) wants of a run; the last one wins.
 *
 * @param action STOP: take no further slice; RESUME: undo a stop; DELETE: the run's study was deleted, drop its jobs and what
 *     is kept of it. No other command follows a DELETE, since ids of deleted runs are not given again. Trainers of before pass
 *     it over, so a STOP is in front of it
 */
public record RunCommand(String runId, Action action, String reason, String by, Instant at) {
    public enum Action {
        STOP,
        RESUME,
        DELETE
    }

    public RunCommand {
        Identifiers.require("runId", runId);
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }
}
