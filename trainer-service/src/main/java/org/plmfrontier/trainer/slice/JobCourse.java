package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobOrder;
import org.plmfrontier.trainer.assignment.Verdict;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * One attempt at a job: it is held against where its run stands, and then trained, stopped, skipped or buried. Whatever breaks
 * off leaves the ledger as it was, so the attempt can be made again, here or elsewhere. Not thread-safe.
 */
public final class JobCourse {
    private final SliceTrainer trainer;
    private final int threads;

    /**
     * A course.
     *
     * @param threads intra-op threads of the engine; jobs of recipes that ask for another number are buried
     */
    public JobCourse(SliceTrainer trainer, int threads) {
        this.trainer = trainer;
        this.threads = threads;
    }

    /**
     * Makes the attempt.
     *
     * @param tenure the time during which this process owns the run
     * @return what was trained and published; empty where nothing was
     */
    public Optional<SliceReport> attempt(BatchJob job, Object tenure, JobLedger ledger, SliceWatch watch)
            throws IOException, TenureOverException, SliceAbandonedException, InterruptedException {
        try {
            return judge(job, tenure, ledger, watch);
        } catch (TokenLogException | UnusableWeightsException | UnsupportedRecipeException e) {
            ledger.bury(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<SliceReport> judge(BatchJob job, Object tenure, JobLedger ledger, SliceWatch watch)
            throws IOException, TenureOverException, SliceAbandonedException, InterruptedException, TokenLogException {
        Optional<String> stop = ledger.stopReason();
        CheckpointPointer pointer = ledger.pointer();
        switch (JobOrder.judge(job, pointer, stop.isPresent())) {
            case Verdict.Train ignored when job.run().recipe().threads() != threads -> ledger.bury(otherThreads(job));
            case Verdict.Train ignored -> {
                return Optional.of(train(job, pointer, tenure, ledger, watch));
            }
            case Verdict.Stop ignored -> ledger.publish(trainer.stop(job, pointer, stop.orElseThrow()));
            case Verdict.Skip skip -> ledger.skip(skip.reason());
            case Verdict.Impossible impossible -> ledger.bury(impossible.reason());
        }
        return Optional.empty();
    }

    private SliceReport train(
            BatchJob job, @Nullable CheckpointPointer pointer, Object tenure, JobLedger ledger, SliceWatch watch)
            throws IOException, TenureOverException, SliceAbandonedException, TokenLogException, InterruptedException {
        SliceReport report = trainer.train(job, pointer, tenure, watch);
        boolean published = false;
        try {
            ledger.publish(report);
            published = true;
        } finally {
            if (!published) {
                trainer.discarded();
            }
        }
        trainer.committed(report, pointer);
        return report;
    }

    private String otherThreads(BatchJob job) {
        return "recipe '%s' asks for %d threads, this trainer runs with %d (trainer.threads)"
                .formatted(job.run().recipe().name(), job.run().recipe().threads(), threads);
    }
}
