package org.plmfrontier.trainer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobObserver;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.slice.JobFailures;
import org.plmfrontier.trainer.slice.JobLedger;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.LeaseLostException;
import org.plmfrontier.trainer.slice.SliceAbandonedException;
import org.plmfrontier.trainer.slice.SliceReport;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Watchdog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Takes one job from its record to its transaction. What fails for want of the broker or the disk is tried again from the
 * last pointer for as long as the partition is owned; a token log that is damaged is waited for; what fails for its own sake
 * goes to the dead letters after a number of attempts. One job at a time; {@link #stop}, {@link #notReadyReason} and {@link #stalledFor} may be called by
 * any thread.
 */
public final class JobHandler {
    private static final Logger LOG = Logger.getLogger(JobHandler.class);

    private static final String DEAD_LETTER = "job at %s/%d goes to the dead letters: %s";

    /** Waits between the attempts at one thing. */
    private final class Pause {
        private int failures;

        /** Waits; true where the end came first. */
        boolean unlessBy(CountDownLatch end) throws InterruptedException {
            failures++;
            return end.await(
                    backoff.after(failures, ThreadLocalRandom.current()).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What this process and the consumer group want of a slice. */
    private final class Watch implements SliceWatch {
        private final Lease lease;
        private final String runId;
        private final JobFailures failures;
        private final Pause pause = new Pause();

        Watch(Lease lease, String runId, JobFailures failures) {
            this.lease = lease;
            this.runId = runId;
            this.failures = failures;
        }

        @Override
        public Demand demand() {
            watchdog.progress();
            return wanted();
        }

        private Demand wanted() {
            if (over.getCount() == 0 || !partitions.holds(lease)) {
                return Demand.ABANDON;
            }
            return leaving.getCount() == 0 || commands.isStopped(runId) ? Demand.HAND_OVER : Demand.GO_ON;
        }

        @Override
        public boolean tryAgain(IOException failure) {
            failures.passing();
            if (failures.isMovement()) {
                watchdog.progress();
            }
            LOG.errorf("a checkpoint of partition %d cannot be written, waiting: %s", lease.partition(), failure);
            notReadyReason.set("a checkpoint cannot be written, training waits: " + failure);
            observer.retried();
            try {
                return !pause.unlessBy(over) && wanted() != Demand.ABANDON;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private final JobPartitions partitions;
    private final CheckpointPointers pointers;
    private final RunCommands commands;
    private final SlicePublisher publisher;
    private final JobProcessor processor;
    private final ResidentRuns resident;
    private final JobObserver observer;
    private final Backoff backoff;
    private final JobFailures.Limits limits;
    private final Watchdog watchdog = new Watchdog(System::nanoTime);
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Semaphore idle = new Semaphore(1);
    private final AtomicReference<@Nullable String> notReadyReason = new AtomicReference<>();
    private final AtomicReference<@Nullable Error> end = new AtomicReference<>();
    private final Map<Lease, Map<String, CheckpointPointer>> known = new HashMap<>();

    /** The handler's topics: what is assigned to it, what it is commanded, where it publishes. */
    public record Channels(
            KafkaSettings settings, JobPartitions partitions, RunCommands commands, SlicePublisher publisher) {}

    /**
     * A handler without a job.
     *
     * @param resident models of leases that are lost are closed
     * @param attempts how often a job that fails for its own sake is tried
     */
    public JobHandler(
            Channels channels, JobProcessor processor, ResidentRuns resident, JobObserver observer, int attempts) {
        KafkaSettings settings = channels.settings();
        this.partitions = channels.partitions();
        this.pointers = new CheckpointPointers(settings);
        this.backoff = settings.waits().backoff();
        this.commands = channels.commands();
        this.publisher = channels.publisher();
        this.processor = processor;
        this.resident = resident;
        this.observer = observer;
        this.limits = new JobFailures.Limits(
                attempts, settings.waits().tokenLog(), settings.waits().retries());
    }

    /**
     * Ends after the present step: what is done of the slice is published, so that another trainer continues behind it.
     * Waits for that.
     *
     * @param grace time for it; afterwards nothing is published any more, and the slice is repeated from its pointer
     * @return whether the handler is idle
     */
    public boolean stop(Duration grace) throws InterruptedException {
        leaving.countDown();
        boolean ended = idle.tryAcquire(grace.toMillis(), TimeUnit.MILLISECONDS);
        over.countDown();
        if (ended) {
            idle.release();
        } else {
            leaveAttempt();
        }
        return ended;
    }

    /** The current slice ends with this process, which does not count against its job. */
    private void leaveAttempt() {
        try {
            processor.leave();
        } catch (IOException e) {
            LOG.warnf("the current attempt counts as one that ended its trainer: %s", e);
        }
    }

    /** What keeps the current job from being done; empty where all is well. */
    public Optional<String> notReadyReason() {
        return Optional.ofNullable(notReadyReason.get());
    }

    /** How long the current job has made no progress; empty without one. */
    public Optional<Duration> stalledFor() {
        return watchdog.stalledFor();
    }

    /** Why no job is taken any more, though they should be; empty where they are. */
    public Optional<String> end() {
        return Optional.ofNullable(end.get())
                .map(cause ->
                        "the job loop ended: " + cause.getClass().getSimpleName() + ", " + FailureSentence.of(cause));
    }

    /** Handles a job; returns when it is done with, or when this process has lost it. */
    void handle(JobRecord job) throws InterruptedException {
        idle.acquire();
        watchdog.progress();
        try {
            handleAlone(job);
        } catch (Error e) {
            end.set(e);
            throw e;
        } finally {
            notReadyReason.set(null);
            watchdog.idle();
            idle.release();
        }
    }

    private void handleAlone(JobRecord job) throws InterruptedException {
        Pause pause = new Pause();
        JobFailures failures = new JobFailures(limits, System::nanoTime);
        while (leaving.getCount() > 0) {
            Optional<Lease> lease = partitions.of(job.partition(), job.generation());
            if (lease.isEmpty()) {
                return;
            }
            failures.begin();
            try {
                if (attempt(job, lease.get(), failures)) {
                    return;
                }
                continue;
            } catch (SliceAbandonedException | LeaseLostException e) {
                LOG.infof("%s", e.getMessage());
            } catch (IOException | KafkaException e) {
                failures.passing();
                LOG.warnf("job at %s/%d failed, trying again: %s", job.partition(), job.offset(), e);
                notReadyReason.set(e.toString());
            } catch (TokenLogException e) {
                failures.tokenLog(e);
                LOG.warnf("job at %s/%d waits for its token log: %s", job.partition(), job.offset(), e.getMessage());
                notReadyReason.set("the token log is waited for: " + e.getMessage());
            } catch (RuntimeException e) {
                failures.own(e);
                LOG.warnf(e, "job at %s/%d failed", job.partition(), job.offset());
            }
            if (failures.isMovement()) {
                watchdog.progress();
            }
            observer.retried();
            known.remove(lease.get());
            boolean unused = pause.unlessBy(leaving);
        }
    }

    /** Whether the job is done with; else it was handed over where it stands, as a stop of its run asks. */
    private boolean attempt(JobRecord record, Lease lease, JobFailures failures)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException, TokenLogException {
        known.keySet().removeIf(other -> !partitions.holds(other));
        resident.closeUnless(partitions::holds);
        BatchJob job;
        try {
            job = record.decode();
        } catch (UndecodableException e) {
            deadLetter(record, lease, String.valueOf(e.getMessage()));
            return true;
        }
        Ledger ledger = new Ledger(record, job, lease);
        Optional<String> verdict = failures.verdict();
        if (verdict.isPresent()) {
            processor.giveUp(job, ledger, verdict.get());
            return true;
        }
        Watch watch = new Watch(lease, job.run().runId(), failures);
        Optional<SliceReport> report = processor.attempt(job, lease, ledger, watch);
        report.ifPresent(trained -> log(job, trained));
        return report.isEmpty() || report.get().jobDone();
    }

    /** A job's ledger in Kafka. */
    private final class Ledger implements JobLedger {
        private final JobRecord record;
        private final BatchJob job;
        private final Lease lease;

        Ledger(JobRecord record, BatchJob job, Lease lease) {
            this.record = record;
            this.job = job;
            this.lease = lease;
        }

        @Override
        public @Nullable CheckpointPointer pointer() {
            return pointersOf(lease).get(job.run().runId());
        }

        @Override
        public Optional<String> stopReason() throws InterruptedException {
            return commands.stopOf(job.run().runId()).map(RunCommand::reason);
        }

        @Override
        public void publish(SliceReport report) throws LeaseLostException, InterruptedException {
            JobHandler.this.publish(record, lease, report);
        }

        @Override
        public void skip(String reason) throws LeaseLostException {
            LOG.debugf("skipping job at %s/%d: %s", record.partition(), record.offset(), reason);
            publisher.skip(record, lease);
            observer.skipped();
        }

        @Override
        public String delivery() {
            return record.partition().partition() + "-" + record.offset();
        }

        @Override
        public void deadLetter(String reason) throws LeaseLostException {
            JobHandler.this.deadLetter(record, lease, reason);
        }

        @Override
        public void deadLetter(String reason, SliceReport stop) throws LeaseLostException {
            LOG.errorf(DEAD_LETTER, record.partition(), record.offset(), reason);
            publisher.deadLetter(record, lease, reason, stop);
            known.getOrDefault(lease, new HashMap<>()).put(stop.pointer().runId(), stop.pointer());
            observer.deadLettered();
        }
    }

    private static void log(BatchJob job, SliceReport report) {
        LOG.infof(
                "slice %d of run %s%s: step %d, %.0f tokens, %s",
                job.slice(),
                job.run().runId(),
                report.jobDone() ? "" : " handed over",
                report.pointer().progress().step(),
                (double) report.pointer().progress().tokens(),
                report.pointer().state());
    }

    /**
     * Commits a report. While the group rebalances, its generation is ahead of the one this process knows: the broker
     * refuses, and the same report is shown again under the next one for as long as the partition stays here.
     */
    private void publish(JobRecord record, Lease lease, SliceReport report)
            throws LeaseLostException, InterruptedException {
        while (true) {
            watchdog.progress();
            try {
                publisher.publish(record, lease, report);
                break;
            } catch (CommitFailedException e) {
                LOG.infof("offset of %s refused during a rebalance: %s", lease, e.getMessage());
                observer.retried();
                if (over.await(backoff.first().toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
        known.getOrDefault(lease, new HashMap<>()).put(report.pointer().runId(), report.pointer());
        observer.published();
    }

    private void deadLetter(JobRecord record, Lease lease, String reason) throws LeaseLostException {
        LOG.errorf(DEAD_LETTER, record.partition(), record.offset(), reason);
        publisher.deadLetter(record, lease, reason);
        observer.deadLettered();
    }

    private Map<String, CheckpointPointer> pointersOf(Lease lease) {
        Map<String, CheckpointPointer> table = known.get(lease);
        if (table == null) {
            table = pointers.read(lease.partition());
            known.put(lease, table);
        }
        return table;
    }
}
