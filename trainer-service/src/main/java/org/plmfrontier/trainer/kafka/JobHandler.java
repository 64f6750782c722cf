package org.plmfrontier.trainer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.assignment.JobObserver;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.slice.JobFailures;
import org.plmfrontier.trainer.slice.JobLedger;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.LeaseLostException;
import org.plmfrontier.trainer.slice.PendingSliceException;
import org.plmfrontier.trainer.slice.SliceAbandonedException;
import org.plmfrontier.trainer.slice.SliceReport;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Watchdog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Takes one job from its record to its transaction. What fails for want of the broker or the disk is tried again from the
 * last pointer for as long as the partition is owned; a token log that is damaged is waited for; what fails for its own sake
 * goes to the dead letters after a number of attempts. One job at a time; a slice whose checkpoint is still being written is
 * committed while the next job trains, or by a thread of its own where none comes. {@link #stop}, {@link #notReadyReason} and
 * {@link #stalledFor} may be called by any thread.
 */
public final class JobHandler {
    private static final Logger LOG = Logger.getLogger(JobHandler.class);

    /** Time between two looks at a slice that is pending when the process is asked to leave. */
    private static final long LOOK_MILLIS = 20;

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

    /** A job that is tried until it is done with, and what has failed of it. */
    private final class Task {
        private final JobRecord record;
        private final JobFailures failures = new JobFailures(limits, System::nanoTime);
        private final Pause pause = new Pause();

        Task(JobRecord record) {
            this.record = record;
        }

        String name() {
            return record.partition() + "/" + record.offset();
        }
    }

    /** What this process and the consumer group want of a slice; its state is asked about by the thread that writes it. */
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

        @Override
        public boolean isLost() {
            watchdog.progress();
            return over.getCount() == 0 || !partitions.holds(lease);
        }

        private Demand wanted() {
            if (over.getCount() == 0 || !partitions.holds(lease) || commands.isDeleted(runId)) {
                return Demand.ABANDON;
            }
            return leaving.getCount() == 0 || commands.isStopped(runId) ? Demand.HAND_OVER : Demand.GO_ON;
        }

        @Override
        public void writing() {
            writing.progress();
        }

        @Override
        public void written() {
            notWritten.set(null);
            writing.idle();
            committer.execute(JobHandler.this::commitWithoutJob);
        }

        @Override
        public boolean tryAgain(IOException failure) {
            failures.passing();
            if (failures.isMovement()) {
                writing.progress();
            }
            LOG.errorf("a checkpoint of partition %d cannot be written, waiting: %s", lease.partition(), failure);
            notWritten.set("a checkpoint cannot be written, its slice waits: " + failure);
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
    private final RunCommands commands;
    private final JobLedgers ledgers;
    private final JobProcessor processor;
    private final RunRemoval removal;
    private final ResidentRuns resident;
    private final JobObserver observer;
    private final Backoff backoff;
    private final JobFailures.Limits limits;
    private final Watchdog watchdog = new Watchdog(System::nanoTime);
    private final Watchdog writing = new Watchdog(System::nanoTime);
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Semaphore idle = new Semaphore(1);
    private final AtomicReference<@Nullable String> notReadyReason = new AtomicReference<>();
    private final AtomicReference<@Nullable String> notWritten = new AtomicReference<>();
    private final AtomicReference<@Nullable Error> end = new AtomicReference<>();
    private final ExecutorService committer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("trainer-commits").daemon().factory());
    private @Nullable Task pending;

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
        this.backoff = settings.waits().backoff();
        this.commands = channels.commands();
        this.ledgers = new JobLedgers(
                channels, observer, watchdog::progress, pause -> over.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        this.processor = processor;
        this.removal = new RunRemoval(commands, ledgers, partitions, processor, backoff);
        commands.afterEachPoll(this::removeDeleted);
        this.resident = resident;
        this.observer = observer;
        this.limits = new JobFailures.Limits(
                attempts, settings.waits().tokenLog(), settings.waits().retries());
    }

    /**
     * Ends after the present step: what is pending is committed, and what is done of the slice is published, so that another
     * trainer continues behind it. Waits for that.
     *
     * @param grace time for it; afterwards nothing is published any more, and the slices are repeated from their pointer
     * @return whether nothing is in hand and nothing pending
     */
    public boolean stop(Duration grace) throws InterruptedException {
        leaving.countDown();
        boolean ended = isIdleWithin(grace);
        over.countDown();
        if (!ended) {
            leaveAttempt();
        }
        return ended;
    }

    private boolean isIdleWithin(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        while (idle.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            boolean nothingPending = !processor.isPending();
            idle.release();
            boolean timeIsUp = over.getCount() == 0 || System.nanoTime() >= deadline;
            if (nothingPending || timeIsUp) {
                return nothingPending;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return false;
    }

    /** The current slice ends with this process, which does not count against its job. */
    private void leaveAttempt() {
        try {
            processor.leave();
        } catch (IOException e) {
            LOG.warnf("the current attempt counts as one that ended its trainer: %s", e);
        }
    }

    /** What keeps the current job from being done, or the one before from being committed; empty where all is well. */
    public Optional<String> notReadyReason() {
        return Optional.ofNullable(notReadyReason.get()).or(() -> Optional.ofNullable(notWritten.get()));
    }

    /** How long the current job or the writing of a checkpoint has made no progress; empty without either. */
    public Optional<Duration> stalledFor() {
        return Stream.of(watchdog, writing)
                .flatMap(each -> each.stalledFor().stream())
                .max(Comparator.naturalOrder());
    }

    /** Why no job is taken any more, though they should be; empty where they are. */
    public Optional<String> end() {
        return Optional.ofNullable(end.get())
                .map(cause ->
                        "the job loop ended: " + cause.getClass().getSimpleName() + ", " + FailureSentence.of(cause));
    }

    /** Handles a job; returns when it is done with or its slice is pending, or when this process has lost it. */
    void handle(JobRecord job) throws InterruptedException {
        idle.acquire();
        watchdog.progress();
        alone(() -> {
            commitOrRepeat();
            finish(new Task(job));
        });
    }

    /** Removes deleted runs where no job comes that would do so. */
    private void removeDeleted() {
        if (removal.isDue() && idle.availablePermits() > 0) {
            committer.execute(this::commitWithoutJob);
        }
    }

    /** Commits what is pending where no job comes that would do so. */
    private void commitWithoutJob() {
        try {
            idle.acquire();
            alone(this::commitOrRepeat);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitOrRepeat() throws InterruptedException {
        if (over.getCount() == 0) {
            return;
        }
        try {
            removal.removeDue();
            processor.commitIfDurable();
        } catch (PendingSliceException e) {
            repeat(e);
        }
    }

    /** Work for one thread at a time, whose turn it is. */
    @FunctionalInterface
    private interface Turn {
        void take() throws InterruptedException;
    }

    private void alone(Turn turn) throws InterruptedException {
        try {
            turn.take();
        } catch (Error e) {
            end.set(e);
            throw e;
        } finally {
            notReadyReason.set(null);
            watchdog.idle();
            idle.release();
        }
    }

    /** Tries a job until it is done with, or its slice is pending. */
    private void finish(Task task) throws InterruptedException {
        while (leaving.getCount() > 0) {
            Optional<Lease> lease = partitions.of(task.record.partition(), task.record.generation());
            if (lease.isEmpty()) {
                return;
            }
            task.failures.begin();
            try {
                if (attempt(task, lease.get())) {
                    return;
                }
            } catch (PendingSliceException e) {
                repeat(e);
            } catch (SliceAbandonedException
                    | LeaseLostException
                    | IOException
                    | TokenLogException
                    | RuntimeException e) {
                failed(task, e);
                ledgers.forget(lease.get());
                boolean unused = task.pause.unlessBy(leaving);
            }
        }
    }

    /**
     * The job of the slice that was pending is tried again before the one that follows it. The consumer, whose position is
     * behind it, will not bring it again as long as its partition stays here.
     */
    private void repeat(PendingSliceException lost) throws InterruptedException {
        Task before = Objects.requireNonNull(pending, "pending");
        pending = null;
        failed(before, lost.failure());
        ledgers.forgetUnless(lease -> false);
        boolean unused = before.pause.unlessBy(leaving);
        finish(before);
    }

    /** Takes note of a failure after which the job is tried again. */
    private void failed(Task task, Exception failure) {
        switch (failure) {
            case SliceAbandonedException e -> LOG.infof("%s", e.getMessage());
            case LeaseLostException e -> LOG.infof("%s", e.getMessage());
            case IOException e -> passing(task, e);
            case KafkaException e -> passing(task, e);
            case TokenLogException e -> {
                task.failures.tokenLog(e);
                LOG.warnf("job at %s waits for its token log: %s", task.name(), e.getMessage());
                notReadyReason.set("the token log is waited for: " + e.getMessage());
            }
            case RuntimeException e -> {
                task.failures.own(e);
                LOG.warnf(e, "job at %s failed", task.name());
            }
            default -> throw new IllegalStateException(failure);
        }
        if (task.failures.isMovement()) {
            watchdog.progress();
        }
        observer.retried();
        observer.dropped();
    }

    private void passing(Task task, Exception failure) {
        task.failures.passing();
        LOG.warnf("job at %s failed, trying again: %s", task.name(), failure);
        notReadyReason.set(failure.toString());
    }

    /** Whether the job is done with or pending; else it was handed over where it stands, as a stop of its run asks. */
    private boolean attempt(Task task, Lease lease)
            throws IOException, LeaseLostException, SliceAbandonedException, InterruptedException, TokenLogException,
                    PendingSliceException {
        ledgers.forgetUnless(partitions::holds);
        resident.closeUnless(partitions::holds);
        BatchJob job;
        try {
            job = task.record.decode();
        } catch (UndecodableException e) {
            processor.settle(lease);
            ledgers.deadLetter(task.record, lease, String.valueOf(e.getMessage()));
            return true;
        }
        JobLedger ledger = ledgers.of(task.record, job, lease);
        Optional<String> verdict = task.failures.verdict();
        if (verdict.isPresent()) {
            processor.giveUp(job, lease, ledger, verdict.get());
            return true;
        }
        Watch watch = new Watch(lease, job.run().runId(), task.failures);
        Optional<SliceReport> report = processor.attempt(job, lease, ledger, watch);
        pending = processor.isPending() ? task : null;
        return report.isEmpty() || report.get().jobDone();
    }
}
