package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
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
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Makes attempts at jobs: a job is compared with where its run stands, and then trained, stopped, skipped or dead-lettered.
 * An attempt that fails leaves the ledger as it was, so it can be made again, here or elsewhere. Not thread-safe but for
 * {@link #leave}.
 */
public final class JobProcessor {
    private final SliceTrainer trainer;
    private final Attempts attempts;
    private final int most;
    private final int threads;
    private final AtomicReference<Attempts.@Nullable Attempt> current = new AtomicReference<>();

    /**
     * Works on a trainer.
     *
     * @param most attempts at one job that may end with the process that made them
     * @param threads intra-op threads of the engine; jobs of recipes that ask for another number are dead-lettered
     */
    public JobProcessor(SliceTrainer trainer, Attempts attempts, int most, int threads) {
        this.trainer = trainer;
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

    /**
     * Makes an attempt.
     *
     * @param lease under which this process owns the run
     * @return what was trained and published; empty where nothing was
     * @throws TokenLogException where the token log is not as it must be; it may be mended
     */
    public Optional<SliceReport> attempt(BatchJob job, Lease lease, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException, TokenLogException {
        try {
            return decide(job, lease, ledger, watch);
        } catch (UnusableWeightsException | UnsupportedRecipeException e) {
            giveUp(job, ledger, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Dead-letters a job that cannot be trained. Its run is stopped and says why: what follows in the queue would not follow
     * where the run stands, and comes again when the run is resumed.
     */
    public void giveUp(BatchJob job, JobLedger ledger, String reason)
            throws IOException, LeaseLostException, InterruptedException {
        CheckpointPointer pointer = ledger.pointer();
        RunState state = pointer == null ? RunState.PLANNED : pointer.state();
        if (state == RunState.STOPPED || state.mayBecome(RunState.STOPPED)) {
            ledger.deadLetter(reason, trainer.stop(job, pointer, reason));
        } else {
            ledger.deadLetter(reason);
        }
        attempts.clear(job.run().runId());
    }

    private Optional<SliceReport> decide(BatchJob job, Lease lease, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException, TokenLogException {
        Optional<String> stop = ledger.stopReason();
        CheckpointPointer pointer = ledger.pointer();
        if (pointer == null && job.fromRecord() > 0) {
            pointer = trainer.kept(job).orElse(null);
        }
        Optional<String> contradiction = pointer == null ? Optional.empty() : trainer.contradiction(job, pointer);
        if (contradiction.isPresent()) {
            giveUp(job, ledger, contradiction.get());
            return Optional.empty();
        }
        switch (JobOrder.judge(job, pointer, stop.isPresent())) {
            case Verdict.Train ignored
            when job.run().recipe().threads() != threads -> giveUp(job, ledger, otherThreads(job));
            case Verdict.Train ignored
            when tooManyAttempts(job, ledger) ->
                giveUp(
                        job,
                        ledger,
                        openAttempts(job, ledger) + " attempts at slice " + job.slice()
                                + " ended with the trainer's process");
            case Verdict.Train ignored -> {
                return Optional.of(train(job, pointer, lease, ledger, watch));
            }
            case Verdict.Stop ignored -> ledger.publish(trainer.stop(job, pointer, stop.orElseThrow()));
            case Verdict.Skip skip -> {
                ledger.skip(skip.reason());
                attempts.clear(job.run().runId());
            }
            case Verdict.Impossible impossible -> ledger.deadLetter(impossible.reason());
        }
        return Optional.empty();
    }

    private boolean tooManyAttempts(BatchJob job, JobLedger ledger) throws IOException {
        return openAttempts(job, ledger) >= most;
    }

    /** Attempts at this very record that ended with their process. */
    private int openAttempts(BatchJob job, JobLedger ledger) throws IOException {
        return attempts.open(job.run().runId(), ledger.delivery());
    }

    private SliceReport train(
            BatchJob job, @Nullable CheckpointPointer pointer, Lease lease, JobLedger ledger, SliceWatch watch)
            throws IOException, LeaseLostException, SliceAbandonedException, TokenLogException, InterruptedException {
        Attempts.Attempt attempt = attempts.begin(job.run().runId(), ledger.delivery());
        current.set(attempt);
        try (TrainedSlice slice = trainer.train(job, pointer, lease, watch)) {
            ledger.publish(slice.report());
            current.set(null);
            slice.published();
            attempts.clear(job.run().runId());
            return slice.report();
        } catch (Exception e) {
            end(attempt, e);
            throw e;
        } finally {
            current.set(null);
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
