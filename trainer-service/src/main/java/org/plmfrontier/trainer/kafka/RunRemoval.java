package org.plmfrontier.trainer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.PendingSliceException;

/**
 * Removes what is kept of runs that were deleted, once in the life of the process for each: the slice that is pending, the model
 * on the device, the states in the store, and their pointers in the partitions that this process owns; once for each lease, since
 * a process may know of a deletion before it owns the partition. What cannot be removed now is removed later. For one thread at a
 * time, but for {@link #isDue}.
 */
final class RunRemoval {
    private static final Logger LOG = Logger.getLogger(RunRemoval.class);

    private final RunCommands commands;
    private final JobLedgers ledgers;
    private final JobPartitions partitions;
    private final JobProcessor processor;
    private final Backoff backoff;
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    /** Leases in whose partitions no run of {@link #removed} has a pointer. */
    private final Set<Lease> cleared = ConcurrentHashMap.newKeySet();

    private int failures;
    private volatile Instant next = Instant.MIN;

    RunRemoval(
            RunCommands commands,
            JobLedgers ledgers,
            JobPartitions partitions,
            JobProcessor processor,
            Backoff backoff) {
        this.commands = commands;
        this.ledgers = ledgers;
        this.partitions = partitions;
        this.processor = processor;
        this.backoff = backoff;
    }

    /** Whether there is something to remove that is not to be waited for; never waits. */
    boolean isDue() {
        Set<String> deleted = commands.deletedRuns();
        boolean done = removed.containsAll(deleted) && (deleted.isEmpty() || cleared.containsAll(partitions.held()));
        return !done && !Instant.now().isBefore(next);
    }

    /**
     * Removes what is due. A failure is logged, and is no reason not to train.
     *
     * @throws PendingSliceException where the pending slice was of a deleted run: its job must be attempted again, to be consumed,
     *     and the rest is still due
     */
    void removeDue() throws PendingSliceException, InterruptedException {
        if (!isDue()) {
            return;
        }
        Set<String> due = new HashSet<>(commands.deletedRuns());
        due.removeAll(removed);
        try {
            if (!due.isEmpty()) {
                processor.remove(due);
                cleared.clear();
            }
            List<Lease> held = partitions.held();
            cleared.retainAll(held);
            for (Lease lease : held) {
                if (!cleared.contains(lease)) {
                    ledgers.removeDeleted(lease);
                    cleared.add(lease);
                }
            }
            removed.addAll(due);
            failures = 0;
            if (!due.isEmpty()) {
                LOG.infof("%d deleted runs are removed", due.size());
            }
        } catch (IOException | RuntimeException e) {
            failures++;
            Duration pause = backoff.after(failures, ThreadLocalRandom.current());
            next = Instant.now().plus(pause);
            LOG.warnf("deleted runs cannot be removed, next try in %d ms: %s", pause.toMillis(), e);
        }
    }
}
