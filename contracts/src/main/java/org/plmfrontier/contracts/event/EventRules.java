package org.plmfrontier.contracts.event;

import java.time.Duration;
import java.time.Instant;

/**
 * What no event can be, beyond what its own record refuses: rules that need the time at which the log took the event. They
 * look at the log alone and at no clock, so reading the log again refuses the same events.
 */
public final class EventRules {
    /** How far a publisher's clock may be ahead of the log. */
    public static final Duration AHEAD = Duration.ofHours(1);

    /** Nothing of this suite happened before. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private EventRules() {}

    /**
     * Checks an event.
     *
     * @param appended time of the log's record
     * @throws IllegalArgumentException where the event cannot be true, with the reason
     */
    public static void require(TrainingEvent event, Instant appended) {
        if (event.at().isAfter(appended.plus(AHEAD))) {
            throw new IllegalArgumentException("the clock of the publisher of run " + event.runId()
                    + " is ahead: the event" + " says " + event.at() + ", the log took it at " + appended);
        }
        if (event.at().isBefore(EARLIEST)) {
            throw new IllegalArgumentException(
                    "the clock of the publisher of run " + event.runId() + " is wrong: the event says " + event.at());
        }
        if (text(event).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the reason of run " + event.runId() + " has a NUL character");
        }
    }

    /** What people wrote, which a database without NUL has to hold. */
    private static String text(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.RunStateChanged change -> change.reason();
            case TrainingEvent.DownstreamEvaluated measured -> measured.toString();
            case TrainingEvent.RunDeleted deleted -> deleted.reason() + deleted.by();
            default -> "";
        };
    }
}
