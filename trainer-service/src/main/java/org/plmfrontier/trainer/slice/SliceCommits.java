package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.Attempts;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;

/**
 * Commits trained slices as soon as their states are durable, in the order in which they were trained. At most one waits for
 * its state while another one trains. What is lost of it is dropped together with everything trained behind it. Not
 * thread-safe.
 */
final class SliceCommits {
    private final CheckpointWriter writer;
    private final Attempts attempts;
    private final TrainerParts parts;
    private @Nullable Pending pending;

    /** The job that the thread has in hand while it commits the one before: its run, and the lease on its partition. */
    record InHand(String runId, Lease lease) {}

    /** A trained slice and what its commit takes. */
    private record Pending(
            TrainedSlice slice,
            CheckpointWrite write,
            boolean beside,
            JobLedger ledger,
            Lease lease,
            SliceWatch watch) {
        RunSpec run() {
            return slice.run();
        }

        String name() {
            return "the slice of run " + run().runId() + " to step "
                    + slice.report().pointer().progress().step();
        }
    }

    SliceCommits(CheckpointWriter writer, Attempts attempts, TrainerParts parts) {
        this.writer = writer;
        this.attempts = attempts;
        this.parts = parts;
    }

    boolean isPending() {
        return pending != null;
    }

    /** Where a run stands that has a slice pending; null where it has none under this lease. */
    @Nullable
    CheckpointPointer pointer(InHand job) {
        Pending due = pending;
        return due != null && due.lease == job.lease() && due.run().runId().equals(job.runId())
                ? due.slice.report().pointer()
                : null;
    }

    /** Whether a slice can be committed while the next one trains: it is whole, and a copy of its state may be held. */
    boolean mayPend(TrainedSlice slice) {
        long bytes = slice.stateBytes();
        if (!slice.report().jobDone() || bytes == 0) {
            return false;
        }
        if (!writer.mayHold(bytes)) {
            parts.observer().tooLargeToHold(slice.run(), bytes);
            return false;
        }
        return true;
    }

    /**
     * Copies a slice's state and begins to write it; nothing is pending before. The attempt at its job has ended then: what
     * comes after it is not its doing.
     */
    void begin(TrainedSlice slice, Attempts.Attempt attempt, JobLedger ledger, Lease lease, SliceWatch watch)
            throws IOException {
        long began = parts.clock().nanos().getAsLong();
        CheckpointWriter.Source copy = slice.copiedState();
        try {
            attempt.end();
        } catch (IOException e) {
            copy.close();
            throw e;
        }
        pending = new Pending(slice, writer.begin(copy, watch), true, ledger, lease, watch);
        parts.heldUp(slice.run(), parts.clock().secondsSince(began));
    }

    /** Saves a slice's state, if it has one, and commits it, while training waits; nothing is pending before. */
    void commitNow(TrainedSlice slice, JobLedger ledger, Lease lease, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException {
        if (slice.stateBytes() == 0) {
            ledger.publish(slice.report());
            slice.published();
            attempts.clear(slice.run().runId());
            return;
        }
        long began = parts.clock().nanos().getAsLong();
        CheckpointWrite write = writer.begin(slice.state(), watch);
        Pending now = new Pending(slice, write, false, ledger, lease, watch);
        try {
            awaitDurable(now);
        } catch (SliceAbandonedException | InterruptedException e) {
            awaitEnd(write);
            throw e;
        }
        parts.heldUp(slice.run(), parts.clock().secondsSince(began));
        publish(now, null);
    }

    /**
     * Waits until the pending slice is durable and commits it.
     *
     * @param inHand for which this is done; null where there is none
     * @throws PendingSliceException where it is lost and its job must be attempted again
     * @throws LeaseLostException where it was of the job in hand's lease, which is lost
     */
    void settle(@Nullable InHand inHand)
            throws PendingSliceException, LeaseLostException, SliceAbandonedException, InterruptedException {
        Pending due = pending;
        if (due == null) {
            return;
        }
        long began = parts.clock().nanos().getAsLong();
        commit(due, inHand, true);
        if (inHand != null) {
            parts.heldUp(due.run(), parts.clock().secondsSince(began));
        }
    }

    /** As {@link #settle}, but only if the slice is durable already. */
    void commitIfDurable(@Nullable InHand inHand)
            throws PendingSliceException, LeaseLostException, SliceAbandonedException, InterruptedException {
        Pending due = pending;
        if (due != null) {
            commit(due, inHand, false);
        }
    }

    private void commit(Pending due, @Nullable InHand inHand, boolean wait)
            throws PendingSliceException, LeaseLostException, SliceAbandonedException, InterruptedException {
        try {
            if (wait) {
                awaitDurable(due);
            }
            if (due.write.isDurable()) {
                publish(due, inHand);
            }
        } catch (LeaseLostException | SliceAbandonedException e) {
            drop(due);
            parts.observer().dropped(due.run(), e);
            if (inHand != null && inHand.lease() == due.lease) {
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            drop(due);
            throw new PendingSliceException(due.name(), e);
        }
    }

    private static void awaitDurable(Pending due) throws IOException, SliceAbandonedException, InterruptedException {
        while (!due.write.isDurable()) {
            if (due.watch.isLost()) {
                throw new SliceAbandonedException(
                        due.run().runId(), due.slice.report().pointer().slice());
            }
            due.write.await();
        }
    }

    /** The model may be used or freed only when nobody reads it any more. */
    private static void awaitEnd(CheckpointWrite write) throws InterruptedException {
        write.drop();
        try {
            while (!write.isDurable()) {
                write.await();
            }
        } catch (IOException e) {
            return; // given up, as it was to be
        }
    }

    private void publish(Pending due, @Nullable InHand inHand)
            throws IOException, LeaseLostException, InterruptedException {
        due.ledger.publish(due.slice.report());
        pending = null;
        parts.observer().saved(due.run(), due.slice.stateBytes(), due.write.seconds(), due.beside);
        try {
            due.slice.published();
        } catch (IOException e) {
            parts.observer().notPruned(due.run(), e);
        }
        boolean trainsOn = inHand != null && inHand.runId().equals(due.run().runId());
        if (!trainsOn) {
            attempts.clear(due.run().runId());
        }
    }

    /**
     * Drops the pending slice if it is of one of these runs; nothing more of it comes into the store then.
     *
     * @throws PendingSliceException where it was
     */
    void drop(Set<String> runIds) throws InterruptedException, PendingSliceException {
        Pending due = pending;
        if (due != null && runIds.contains(due.run().runId())) {
            drop(due);
            awaitEnd(due.write);
            int slice = due.slice.report().pointer().slice();
            throw new PendingSliceException(
                    due.name(), new SliceAbandonedException(due.run().runId(), slice));
        }
    }

    private void drop(Pending due) {
        pending = null;
        due.write.drop();
        due.slice.close();
    }

    /** A watch over the slice that trains, which commits the one before between two steps. */
    Between between(InHand inHand, SliceWatch watch) {
        return new Between(inHand, watch);
    }

    /** Ends the slice that trains where the one before is lost. */
    final class Between implements SliceWatch {
        private final InHand inHand;
        private final SliceWatch watch;
        private @Nullable Exception failure;

        private Between(InHand inHand, SliceWatch watch) {
            this.inHand = inHand;
            this.watch = watch;
        }

        @Override
        public Demand demand() {
            if (failure == null) {
                try {
                    commitIfDurable(inHand);
                } catch (PendingSliceException
                        | LeaseLostException
                        | SliceAbandonedException
                        | InterruptedException e) {
                    failure = e;
                }
            }
            return failure == null ? watch.demand() : Demand.ABANDON;
        }

        /** Throws what kept the slice before from being committed, if something did. */
        void rethrow() throws PendingSliceException, LeaseLostException, SliceAbandonedException, InterruptedException {
            switch (failure) {
                case null -> {}
                case PendingSliceException e -> throw e;
                case LeaseLostException e -> throw e;
                case SliceAbandonedException e -> throw e;
                case InterruptedException e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
