package org.plmfrontier.trainer.slice;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Steps of a slice of which the device is given the next one before the numbers of the last are read, so that it never waits for
 * somebody to read them. At most one is unread besides the one just given. A device that computes at once has none in flight.
 * Steps whose numbers are finite become events, in their order. Not thread-safe.
 */
final class StepsInFlight {
    private final TrainerParts parts;
    private final RunSpec run;
    private final SliceEvents events;
    private final Stepper stepper;
    private @Nullable BegunStep unread;
    private long since;

    StepsInFlight(TrainerParts parts, RunSpec run, SliceEvents events, Stepper stepper) {
        this.parts = parts;
        this.run = run;
        this.events = events;
        this.stepper = stepper;
    }

    /** Gives the device the step that follows {@code before}. */
    BegunStep begin(RunProgress before) throws TokenLogException {
        if (unread == null) {
            since = parts.clock().nanos().getAsLong();
        }
        return stepper.begin(before);
    }

    /**
     * Reads the step before this one, and this one where its numbers are there.
     *
     * @param step given to the device last
     * @return the first that is not finite: those behind it count for nothing
     */
    Optional<TrainedStep> behind(BegunStep step) {
        Optional<TrainedStep> broken = end();
        unread = step;
        return broken.isEmpty() && step.numbers().isDone() ? end() : broken;
    }

    /**
     * Waits for the numbers of all steps.
     *
     * @return one that is not finite
     */
    Optional<TrainedStep> end() {
        if (unread == null) {
            return Optional.empty();
        }
        TrainedStep step = unread.end();
        unread = null;
        if (!step.isFinite()) {
            return Optional.of(step);
        }
        double tokensPerSecond = step.load().tokens() / Math.max(parts.clock().secondsSince(since), 1e-9);
        since = parts.clock().nanos().getAsLong();
        events.stepCompleted(step, tokensPerSecond, parts.clock().now());
        parts.observer().stepped(run, step, tokensPerSecond);
        return Optional.empty();
    }
}
