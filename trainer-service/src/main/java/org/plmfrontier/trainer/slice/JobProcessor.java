package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobOrder;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.assignment.Verdict;
import org.plmfrontier.trainer.checkpoint.Attempts;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.slice.SliceCommits.InHand;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Makes attempts at jobs: a job is compared with where its run stands, and then trained, stopped, skipped or dead-lettered.
 * A slice that is trained is pending until its checkpoint is durable; meanwhile the next job is attempted, and whatever is to
 * be said of that one is said after the pending slice is committed. An attempt that fails leaves the ledger as it was, so it
 * can be made again, here or elsewhere. Not thread-safe but for {@link #leave}.
 */
public final class JobProcessor {
    private final SliceTrainer trainer;
    private final SliceCommits commits;
    private final Attempts attempts;
    private final int most;
    private final int threads;
    private final AtomicReference<Attempts.@Nullable Attempt> current = new AtomicReference<>();

    /**
     * Works on a trainer.
     *
     * @param writer brings the states of trained slices into the store
     * @param most attempts at one job that may end with the process that made them
     * @param threads intra-op threads of the engine; jobs of recipes that ask for another number are dead-lettered
     */
    public JobProcessor(SliceTrainer trainer, CheckpointWriter writer, Attempts attempts, int most, int threads) {
        this.trainer = trainer;
        this.commits = trainer.commits(writer, attempts);
        this.attempts = attempts;
        this.most = most;
        this.threads = threads;
    }

    /**
     * The process ends in order before the current attempt does, which does not count against the job. May be called by any
     * thread.
     *
     * @throws IOException where that could not be written down
     */
    public void leave() throws IOException {
        Attempts.Attempt attempt = current.get();
        if (attempt != null) {
            attempt.end();
        }
    }

    /** Whether a slice is trained and not committed yet. */
    public boolean isPending() {
        return commits.isPending();
    }

    /**
     * Commits the pending slice if its checkpoint is durable; for when there is no job in hand.
     *
     * @throws PendingSliceException where it is lost and its job must be attempted again
     */
    public void commitIfDurable() throws PendingSliceException, InterruptedException {
        try {
            commits.commitIfDurable(null);
        } catch (LeaseLostException | SliceAbandonedException e) {
            throw new IllegalStateException("without a job in hand no lease of one can be lost", e);
        }
    }

    /**
     * Waits for the pending slice, if there is one, and commits it, before something is said of a job that is not attempted.
     *
     * @param lease of that job
     */
    public void settle(Lease lease)
            throws PendingSliceException, LeaseLostException, SliceAbandonedException, InterruptedException {
        commits.settle(new InHand("", lease));
    }

    /**
     * Removes all that is kept of deleted runs: the pending slice, models, states and attempts.
     *
     * @throws IOException where that fails; it may be tried again
     * @throws PendingSliceException where the pending slice was of one of them: its job must be attempted again, and this too
     */
    public void remove(Set<String> runIds) throws IOException, InterruptedException, PendingSliceException {
        commits.drop(runIds);
        for (String run : trainer.remove(runIds)) {
            attempts.clear(run);
        }
    }

    /**
     * Makes an attempt.
     *
     * @param lease under which this process owns the run
     * @return what was trained: a whole slice is pending or published, a part of one is published; empty where nothing was
     * @throws TokenLogException where the token log is not as it must be; it may be mended
     * @throws PendingSliceException where the slice before is lost: its job must be attempted again before this one
     */
    public Optional<SliceReport> attempt(BatchJob job, Lease lease, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException, TokenLogException,
                    PendingSliceException {
        try {
            return decide(job, new InHand(job.run().runId(), lease), ledger, watch);
        } catch (UnusableWeightsException | UnsupportedRecipeException e) {
            giveUp(job, lease, ledger, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Dead-letters a job that cannot be trained. Its run is stopped and says why: what follows in the queue would not follow
     * where the run stands, and comes again when the run is resumed.
     */
    public void giveUp(BatchJob job, Lease lease, JobLedger ledger, String reason)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException,
                    PendingSliceException {
        InHand inHand = new InHand(job.run().runId(), lease);
        commits.settle(inHand);
        CheckpointPointer pointer = pointer(job, inHand, ledger);
        RunState state = pointer == null ? RunState.PLANNED : pointer.state();
        if (state == RunState.STOPPED || state.mayBecome(RunState.STOPPED)) {
            ledger.deadLetter(reason, trainer.stop(job, pointer, reason));
        } else {
            ledger.deadLetter(reason);
        }
        attempts.clear(job.run().runId());
    }

    private Optional<SliceReport> decide(BatchJob job, InHand inHand, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException, TokenLogException,
                    PendingSliceException {
        if (ledger.isDeleted()) {
            commits.settle(inHand);
            ledger.skip("the run was deleted");
            attempts.clear(job.run().runId());
            return Optional.empty();
        }
        Optional<String> stop = ledger.stopReason();
        CheckpointPointer pointer = pointer(job, inHand, ledger);
        Optional<String> refusal = contradiction(job, pointer, inHand);
        Verdict verdict = JobOrder.judge(job, pointer, stop.isPresent());
        if (refusal.isEmpty() && verdict instanceof Verdict.Train) {
            refusal = untrainable(job, ledger);
        }
        if (refusal.isPresent()) {
            giveUp(job, inHand.lease(), ledger, refusal.get());
            return Optional.empty();
        }
        if (verdict instanceof Verdict.Train) {
            return Optional.of(train(job, pointer, inHand, ledger, watch));
        }
        commits.settle(inHand);
        switch (verdict) {
            case Verdict.Stop ignored -> ledger.publish(trainer.stop(job, pointer, stop.orElseThrow()));
            case Verdict.Skip skip -> {
                ledger.skip(skip.reason());
                attempts.clear(job.run().runId());
            }
            case Verdict.Impossible impossible -> ledger.deadLetter(impossible.reason());
            case Verdict.Train ignored -> throw new IllegalStateException("trained already");
        }
        return Optional.empty();
    }

    /** Where the run stands, a pending slice of it counted. */
    private @Nullable CheckpointPointer pointer(BatchJob job, InHand inHand, JobLedger ledger)
            throws IOException, InterruptedException {
        CheckpointPointer pending = commits.pointer(inHand);
        CheckpointPointer pointer = pending != null ? pending : ledger.pointer();
        return pointer == null ? trainer.found(job, ledger::published).orElse(null) : pointer;
    }

    /** In what a job contradicts what was trained of its run; what differs stands in the checkpoint, once that is there. */
    private Optional<String> contradiction(BatchJob job, @Nullable CheckpointPointer pointer, InHand inHand)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException,
                    PendingSliceException {
        Optional<String> sentence = pointer == null ? Optional.empty() : trainer.contradiction(job, pointer);
        if (pointer == null || sentence.isEmpty() || commits.pointer(inHand) == null) {
            return sentence;
        }
        commits.settle(inHand);
        return trainer.contradiction(job, pointer);
    }

    /** Why a job that is next in its run is not trained here; empty where it is. */
    private Optional<String> untrainable(BatchJob job, JobLedger ledger) throws IOException {
        if (job.run().recipe().threads() != threads) {
            return Optional.of(otherThreads(job));
        }
        int open = attempts.open(job.run().runId(), ledger.delivery());
        return open < most
                ? Optional.empty()
                : Optional.of(open + " attempts at slice " + job.slice() + " ended with the trainer's process");
    }

    private SliceReport train(
            BatchJob job, @Nullable CheckpointPointer pointer, InHand inHand, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, TokenLogException, InterruptedException,
                    PendingSliceException {
        if (pointer != null
                && pointer == commits.pointer(inHand)
                && !trainer.isWarm(job.run(), inHand.lease(), pointer.progress())) {
            commits.settle(inHand);
        }
        Attempts.Attempt attempt = attempts.begin(job.run().runId(), ledger.delivery());
        current.set(attempt);
        try {
            TrainedSlice slice = trained(job, pointer, inHand, watch);
            commit(slice, attempt, inHand, ledger, watch);
            return slice.report();
        } catch (Exception e) {
            end(attempt, e);
            throw e;
        } finally {
            current.set(null);
        }
    }

    /** A trained slice, for which the one before is committed or still pending. */
    private TrainedSlice trained(BatchJob job, @Nullable CheckpointPointer pointer, InHand inHand, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, TokenLogException, InterruptedException,
                    PendingSliceException {
        SliceCommits.Between between = commits.between(inHand, watch);
        TrainedSlice slice;
        try {
            slice = trainer.train(job, pointer, inHand.lease(), between);
        } catch (SliceAbandonedException e) {
            between.rethrow();
            throw e;
        }
        try {
            between.rethrow();
            return slice;
        } catch (Exception e) {
            slice.close();
            throw e;
        }
    }

    /** Commits what is pending; then the slice itself, or what must be done before it is pending. */
    private void commit(TrainedSlice slice, Attempts.Attempt attempt, InHand inHand, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException,
                    PendingSliceException {
        try {
            commits.settle(inHand);
            if (commits.mayPend(slice)) {
                commits.begin(slice, attempt, ledger, inHand.lease(), watch);
            } else {
                commits.commitNow(slice, ledger, inHand.lease(), watch);
            }
        } catch (Exception e) {
            slice.close();
            throw e;
        }
    }

    /** Not called for an error, which may be the end of the process. */
    private static void end(Attempts.Attempt attempt, Exception cause) {
        try {
            attempt.end();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private String otherThreads(BatchJob job) {
        return "recipe '%s' asks for %d threads, this trainer runs with %d (trainer.threads)"
                .formatted(job.run().recipe().name(), job.run().recipe().threads(), threads);
    }
}
