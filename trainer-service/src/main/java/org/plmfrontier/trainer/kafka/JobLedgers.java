package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobObserver;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.slice.JobLedger;
import org.plmfrontier.trainer.slice.LeaseLostException;
import org.plmfrontier.trainer.slice.PublishedRun;
import org.plmfrontier.trainer.slice.SliceReport;

/** Ledgers of jobs in Kafka, and where the runs of owned partitions stand, as far as it was read or written. Not thread-safe. */
final class JobLedgers {
    private static final Logger LOG = Logger.getLogger(JobLedgers.class);

    private static final String DEAD_LETTER = "job at %s/%d goes to the dead letters: %s";

    private final CheckpointPointers pointers;
    private final PublishedEvents events;
    private final RunCommands commands;
    private final SlicePublisher publisher;
    private final JobObserver observer;
    private final Runnable progress;
    private final End end;
    private final Duration pause;
    private final Map<Lease, Map<String, CheckpointPointer>> known = new HashMap<>();

    /** The end of the process. */
    @FunctionalInterface
    interface End {
        /** Waits for it; true where it came. */
        boolean within(Duration wait) throws InterruptedException;
    }

    /**
     * Ledgers of a process.
     *
     * @param progress called before each try of a commit
     * @param end after which a commit that was refused is not tried again
     */
    JobLedgers(JobHandler.Channels channels, JobObserver observer, Runnable progress, End end) {
        this.pointers = new CheckpointPointers(channels.settings());
        this.events = new PublishedEvents(channels.settings());
        this.commands = channels.commands();
        this.publisher = channels.publisher();
        this.observer = observer;
        this.progress = progress;
        this.end = end;
        this.pause = channels.settings().waits().backoff().first();
    }

    JobLedger of(JobRecord record, BatchJob job, Lease lease) {
        return new Ledger(record, job, lease);
    }

    /** What is known of a partition is read again. */
    void forget(Lease lease) {
        known.remove(lease);
    }

    /** What is known of all other partitions is read again. */
    void forgetUnless(Predicate<Lease> isHeld) {
        known.keySet().removeIf(lease -> !isHeld.test(lease));
    }

    /** Takes back the pointers of runs that were deleted, where there are any in a partition. */
    void removeDeleted(Lease lease) {
        Map<String, CheckpointPointer> unused = table(lease);
    }

    /**
     * Where the runs of a partition stand. Pointers of deleted runs are taken back as they are found: one may have been written
     * by a trainer that the command reached late.
     */
    private Map<String, CheckpointPointer> table(Lease lease) {
        Map<String, CheckpointPointer> table = known.get(lease);
        if (table == null) {
            table = pointers.read(lease.partition());
            known.put(lease, table);
        }
        List<String> deleted =
                table.keySet().stream().filter(commands::isDeleted).toList();
        if (!deleted.isEmpty()) {
            publisher.removePointers(lease, deleted);
            table.keySet().removeAll(deleted);
        }
        return table;
    }

    /** Moves a job to the dead-letter topic of which nothing else is known. */
    void deadLetter(JobRecord record, Lease lease, String reason) throws LeaseLostException {
        LOG.errorf(DEAD_LETTER, record.partition(), record.offset(), reason);
        publisher.deadLetter(record, lease, reason);
        observer.deadLettered();
    }

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
            return table(lease).get(job.run().runId());
        }

        @Override
        public PublishedRun published() {
            return events.of(job.run().runId(), progress);
        }

        @Override
        public boolean isDeleted() throws InterruptedException {
            return commands.wasDeleted(job.run().runId());
        }

        @Override
        public Optional<String> stopReason() throws InterruptedException {
            return commands.stopOf(job.run().runId()).map(RunCommand::reason);
        }

        /**
         * Commits a report. While the group rebalances, its generation is ahead of the one this process knows: the broker
         * refuses, and the same report is shown again under the next one for as long as the partition stays here.
         */
        @Override
        public void publish(SliceReport report) throws LeaseLostException, InterruptedException {
            while (true) {
                progress.run();
                try {
                    publisher.publish(record, lease, report);
                    break;
                } catch (CommitFailedException e) {
                    LOG.infof("offset of %s refused during a rebalance: %s", lease, e.getMessage());
                    observer.retried();
                    if (end.within(pause)) {
                        throw e;
                    }
                }
            }
            know(report);
            observer.published(report.steps());
            log(job, report);
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
            JobLedgers.this.deadLetter(record, lease, reason);
        }

        @Override
        public void deadLetter(String reason, SliceReport stop) throws LeaseLostException {
            LOG.errorf(DEAD_LETTER, record.partition(), record.offset(), reason);
            publisher.deadLetter(record, lease, reason, stop);
            know(stop);
            observer.deadLettered();
        }

        private void know(SliceReport report) {
            known.getOrDefault(lease, new HashMap<>()).put(report.pointer().runId(), report.pointer());
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
}
