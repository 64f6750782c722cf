package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobOrder;
import org.plmfrontier.trainer.assignment.Verdict;
import org.plmfrontier.trainer.checkpoint.Attempts;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * One attempt at a job: it is held against where its run stands, and then trained, stopped, skipped or buried. Whatever breaks
 * off leaves the ledger as it was, so the attempt can be made again, here or elsewhere. Not thread-safe.
 */
public final class JobCourse {
    private final SliceTrainer trainer;
    private final Attempts attempts;
    private final int most;
    private final int threads;
    private final AtomicReference<Attempts.@Nullable Attempt> inHand = new AtomicReference<>();

    /**
     * A course.
     *
     * @param most attempts at one job that may end with the process that made them
     * @param threads intra-op threads of the engine; jobs of recipes that ask for another number are buried
     */
    public JobCourse(SliceTrainer trainer, Attempts attempts, int most, int threads) {
        this.trainer = trainer;
        this.attempts = attempts;
        this.most = most;
        this.threads = threads;
    }

    /**
     * The process ends in order before the attempt in hand does: it is nobody's fault. May be called by any thread.
     *
     * @throws IOException where that could not be written down
     */
    public void leave() throws IOException {
        Attempts.Attempt attempt = inHand.get();
        if (attempt != null) {
            attempt.end();
        }
    }

    /**
     * Makes the attempt.
     *
     * @param tenure the time during which this process owns the run
     * @return what was trained and published; empty where nothing was
     * @throws TokenLogException where the token log is not as it must be; it may be mended
     */
    public Optional<SliceReport> attempt(BatchJob job, Object tenure, JobLedger ledger, SliceWatch watch)
            throws IOException, TenureOverException, SliceAbandonedException, InterruptedException, TokenLogException {
        try {
            return judge(job, tenure, ledger, watch);
        } catch (UnusableWeightsException | UnsupportedRecipeException e) {
            giveUp(job, ledger, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Moves a job that cannot be trained to the dead letters. Its run is stopped and says why: what follows in the
     * queue would not follow where the run stands, and comes again when the run is resumed.
     */
    public void giveUp(BatchJob job, JobLedger ledger, String reason)
            throws IOException, TenureOverException, InterruptedException {
        CheckpointPointer pointer = ledger.pointer();
        RunState state = pointer == null ? RunState.PLANNED : pointer.state();
        if (state == RunState.STOPPED || state.mayBecome(RunState.STOPPED)) {
            ledger.bury(reason, trainer.stop(job, pointer, reason));
        } else {
            ledger.bury(reason);
        }
        attempts.clear(job.run().runId());
    }

    private Optional<SliceReport> judge(BatchJob job, Object tenure, JobLedger ledger, SliceWatch watch)
            throws IOException, TenureOverException, SliceAbandonedException, InterruptedException, TokenLogException {
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
            case Verdict.Train ignored -> {
                return train(job, pointer, tenure, ledger, watch);
            }
            case Verdict.Stop ignored -> ledger.publish(trainer.stop(job, pointer, stop.orElseThrow()));
            case Verdict.Skip skip -> {
                ledger.skip(skip.reason());
                attempts.clear(job.run().runId());
            }
            case Verdict.Impossible impossible -> ledger.bury(impossible.reason());
        }
        return Optional.empty();
    }

    /** Trains where not too many attempts at this very record ended with their process. */
    private Optional<SliceReport> train(
            BatchJob job, @Nullable CheckpointPointer pointer, Object tenure, JobLedger ledger, SliceWatch watch)
            throws IOException, TenureOverException, SliceAbandonedException, TokenLogException, InterruptedException {
        String runId = job.run().runId();
        int open = attempts.open(runId, ledger.delivery());
        if (open >= most) {
            giveUp(job, ledger, open + " attempts at slice " + job.slice() + " ended with the trainer's process");
            return Optional.empty();
        }
        Attempts.Attempt attempt = attempts.begin(runId, ledger.delivery());
        inHand.set(attempt);
        SliceReport report;
        try {
            report = publish(trainer.train(job, pointer, tenure, watch), ledger);
        } catch (Exception e) {
            end(attempt, e);
            throw e;
        } finally {
            inHand.set(null);
        }
        trainer.committed(report, pointer);
        attempts.clear(runId);
        return Optional.of(report);
    }

    /** An error is left out: it may be the end of the process. */
    private static void end(Attempts.Attempt attempt, Exception cause) {
        try {
            attempt.end();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private SliceReport publish(SliceReport report, JobLedger ledger) throws TenureOverException, InterruptedException {
        boolean published = false;
        try {
            ledger.publish(report);
            published = true;
        } finally {
            if (!published) {
                trainer.discarded();
            }
        }
        return report;
    }

    private String otherThreads(BatchJob job) {
        return "recipe '%s' asks for %d threads, this trainer runs with %d (trainer.threads)"
                .formatted(job.run().recipe().name(), job.run().recipe().threads(), threads);
    }
}
