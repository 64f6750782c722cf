package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.slice.PublishedRun;
import org.plmfrontier.trainer.slice.SliceReport;

/**
 * Broker, planner, checkpoint store and clock of a study, all in memory. What is committed is held against the invariants at
 * once. The rules are Kafka's: a transaction of which the offset was sent under an old generation is refused; one that is
 * left open is aborted after its timeout; nobody reads past it before.
 */
final class World {
    /** What is done to trainers. */
    enum Fault {
        CRASH,
        CRASH_WHILE_WRITING,
        CRASH_IN_THE_NEXT_SLICE,
        CRASH_AFTER_SAVE,
        BROKER_ERROR,
        COMMITTED_BUT_NOT_TOLD,
        DISK_FULL,
        FROZEN,
        REBALANCE,
        HAND_OVER,
        GRACE_IS_OVER,
        DAMAGED_CHECKPOINT,
        REPEATED_JOBS,
        STOP_AND_RESUME,
        EXTENSION,
        TRANSACTION_TIMEOUT,
        POINTERS_LOST,
        DELETED_AND_SUBMITTED_AGAIN
    }

    /** A transaction that is neither committed nor aborted. */
    static final class Transaction {
        private final int partition;
        private final @Nullable SliceReport report;
        private final @Nullable String deadLetter;
        private long nextOffset = -1;
        private boolean aborted;

        Transaction(int partition, @Nullable SliceReport report, @Nullable String deadLetter) {
            this.partition = partition;
            this.report = report;
            this.deadLetter = deadLetter;
        }
    }

    final SplittableRandom random;
    final MemoryCheckpoints store = new MemoryCheckpoints();
    final MemoryAttempts attempts = new MemoryAttempts();
    final List<String> deadLetters = new ArrayList<>();
    final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<List<BatchJob>> jobs = new ArrayList<>();
    private final long[] committed;
    private final @Nullable SimulatedTrainer[] owners;
    private final int[] ownedSince;
    private final Map<Integer, List<BatchJob>> extensions;
    private final Map<String, RunHistory> histories;
    private final Deletions deletions;
    private final Map<String, CheckpointPointer> pointers = new HashMap<>();
    private final Map<String, String> stops = new HashMap<>();
    private final List<Transaction> open = new ArrayList<>();
    /** Slices that were committed while another job was in hand. */
    int committedBeside;

    private int generation = 1;
    private long nanos;

    /**
     * A world before its first event.
     *
     * @param jobs of each partition
     * @param extensions by partition, jobs of a further budget of one of its runs
     * @param histories of each run, of which nothing was seen yet
     * @param resubmissions by run, of those that may be deleted
     */
    World(
            long seed,
            List<List<BatchJob>> jobs,
            Map<Integer, List<BatchJob>> extensions,
            Map<String, RunHistory> histories,
            Map<String, Deletions.Resubmission> resubmissions) {
        this.deletions = new Deletions(resubmissions);
        this.random = new SplittableRandom(seed);
        jobs.forEach(partition -> this.jobs.add(new ArrayList<>(partition)));
        this.committed = new long[jobs.size()];
        this.owners = new SimulatedTrainer[jobs.size()];
        this.ownedSince = new int[jobs.size()];
        this.extensions = new HashMap<>(extensions);
        this.histories = histories;
    }

    Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    long nanos() {
        return nanos;
    }

    long pass() {
        nanos += 1 + random.nextInt(1_000_000_000);
        return nanos;
    }

    void count(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    int partitions() {
        return jobs.size();
    }

    int generation() {
        return generation;
    }

    /** Generation since which the trainer owns the partition, or -1. */
    int ownedSince(int partition, SimulatedTrainer trainer) {
        return owners[partition] == trainer ? ownedSince[partition] : -1;
    }

    /** Deals the partitions out anew; one that stays where it is keeps its lease. */
    void rebalance(List<SimulatedTrainer> members) {
        generation++;
        for (int partition = 0; partition < owners.length; partition++) {
            SimulatedTrainer next = members.isEmpty() ? null : members.get(random.nextInt(members.size()));
            if (next != owners[partition]) {
                owners[partition] = next;
                ownedSince[partition] = generation;
            }
        }
    }

    /** The job at an offset, if there is one already. */
    Optional<BatchJob> job(int partition, long offset) {
        int at = (int) offset;
        return at < jobs.get(partition).size() ? Optional.of(jobs.get(partition).get(at)) : Optional.empty();
    }

    /**
     * The committed offset, as a new owner of the partition reads it.
     *
     * @throws IOException where a transaction is open and does not time out in time
     */
    long committed(int partition) throws IOException {
        awaitStable(partition);
        return committed[partition];
    }

    boolean isDone() {
        for (int partition = 0; partition < committed.length; partition++) {
            if (committed[partition] < jobs.get(partition).size()) {
                return false;
            }
        }
        return true;
    }

    Optional<String> stopReason(String runId) {
        return Optional.ofNullable(stops.get(runId));
    }

    /**
     * Where the partition's runs stand, as its new owner reads it.
     *
     * @throws IOException where a transaction is open and does not time out in time
     */
    Map<String, CheckpointPointer> pointers(int partition) throws IOException {
        awaitStable(partition);
        Map<String, CheckpointPointer> mine = new HashMap<>();
        for (BatchJob job : jobs.get(partition)) {
            CheckpointPointer pointer = pointers.get(job.run().runId());
            if (pointer != null) {
                mine.put(pointer.runId(), pointer);
            }
        }
        return mine;
    }

    /** The topic of pointers is made anew; whoever knows them already does not see that. */
    void losePointers() {
        count(Fault.POINTERS_LOST);
        pointers.clear();
    }

    /** What the run's events say of it. */
    PublishedRun published(String runId) {
        return isDeleted(runId) ? PublishedRun.NOTHING : histories.get(runId).published();
    }

    private void awaitStable(int partition) throws IOException {
        for (Transaction transaction : List.copyOf(open)) {
            if (transaction.partition == partition) {
                if (random.nextBoolean()) {
                    throw new IOException("records of a transaction are not readable yet");
                }
                count(Fault.TRANSACTION_TIMEOUT);
                abort(transaction);
            }
        }
    }

    Transaction begin(int partition, @Nullable SliceReport report, @Nullable String deadLetter) {
        Transaction transaction = new Transaction(partition, report, deadLetter);
        open.add(transaction);
        return transaction;
    }

    /** Whether the broker takes the offset. */
    boolean sendOffset(Transaction transaction, long nextOffset, int knownGeneration) {
        if (transaction.aborted || knownGeneration != generation) {
            return false;
        }
        transaction.nextOffset = nextOffset;
        return true;
    }

    void abort(Transaction transaction) {
        transaction.aborted = true;
        open.remove(transaction);
    }

    /** Whether the transaction was committed; it may have been aborted meanwhile. */
    boolean commit(Transaction transaction) {
        if (transaction.aborted) {
            return false;
        }
        open.remove(transaction);
        int partition = transaction.partition;
        // One lower where a stop was committed without being told and the run was resumed before the job was tried
        // again.
        assertThat(transaction.nextOffset)
                .as("offset of partition %d", partition)
                .isBetween(committed[partition] - 1, behindDeleted(partition) + 1);
        committed[partition] = transaction.nextOffset;
        SliceReport report = transaction.report;
        if (report != null) {
            see(report);
        }
        if (transaction.deadLetter != null) {
            deadLetters.add(transaction.deadLetter);
        }
        return true;
    }

    /** The committed offset, or one behind jobs of deleted runs there: a slice of theirs that was pending is dropped. */
    private long behindDeleted(int partition) {
        long offset = committed[partition];
        while (job(partition, offset)
                .filter(job -> isDeleted(job.run().runId()))
                .isPresent()) {
            offset++;
        }
        return offset;
    }

    private void see(SliceReport report) {
        CheckpointPointer pointer = report.pointer();
        if (isDeleted(pointer.runId())) {
            pointers.put(pointer.runId(), pointer);
            return;
        }
        RunHistory history = histories.get(pointer.runId());
        for (TrainingEvent event : report.events()) {
            history.see(event);
        }
        pointers.put(pointer.runId(), pointer);
        assertThat(pointer.progress().step()).as("pointer of %s", pointer).isEqualTo(history.step());
        if (pointer.checkpoint() != null) {
            assertThat(store.holds(pointer.checkpoint())).as("%s", pointer).isTrue();
        }
    }

    /** A person asks for a stop. */
    void stop(String runId) {
        stops.put(runId, "asked for");
    }

    /** A person lets a run go on: the planner sends the jobs behind the last completed slice again. */
    void resume(String runId) {
        stops.remove(runId);
        int last = published(runId).lastSlice();
        for (List<BatchJob> partition : jobs) {
            List<BatchJob> again = partition.stream()
                    .filter(job -> job.run().runId().equals(runId) && job.slice() > last)
                    .collect(Collectors.toMap(BatchJob::slice, job -> job, (first, second) -> first, TreeMap::new))
                    .values()
                    .stream()
                    .toList();
            partition.addAll(again);
        }
    }

    /** The planner died before it knew that its last jobs were sent, and sends them again in their order. */
    void repeatJobs() {
        List<BatchJob> partition = jobs.get(random.nextInt(jobs.size()));
        int size = partition.size();
        partition.addAll(List.copyOf(partition.subList(size - 1 - random.nextInt(size), size)));
    }

    /** A person gives a run a further budget, once. */
    void extend() {
        Map<Integer, List<BatchJob>> now = Map.copyOf(extensions);
        extensions.clear();
        now.forEach((partition, more) -> {
            count(Fault.EXTENSION);
            histories.get(more.getFirst().run().runId()).extend();
            jobs.get(partition).addAll(more);
        });
    }

    /** A person deletes the study of a run and submits it again; its old jobs stay where they are. */
    void deleteAndSubmitAgain() {
        deletions.delete(random).ifPresent(run -> {
            count(Fault.DELETED_AND_SUBMITTED_AGAIN);
            stops.remove(run.deleted());
            histories.remove(run.deleted());
            extensions.values().removeIf(more -> more.getFirst().run().runId().equals(run.deleted()));
            histories.put(run.again().runId(), run.again().history());
            jobs.get(random.nextInt(jobs.size())).addAll(run.again().jobs());
        });
    }

    boolean isDeleted(String runId) {
        return deletions.runs().contains(runId);
    }

    Set<String> deletedRuns() {
        return deletions.runs();
    }

    /** The owner of a partition takes back the pointers of runs of it that were deleted. */
    void removePointers(int partition) {
        jobs.get(partition).stream()
                .map(job -> job.run().runId())
                .filter(this::isDeleted)
                .forEach(pointers::remove);
    }

    List<String> stoppedRuns() {
        return List.copyOf(stops.keySet());
    }

    List<String> runs() {
        return histories.keySet().stream().sorted().toList();
    }

    boolean isOver(String runId) {
        return histories.get(runId).state() == RunState.COMPLETED;
    }

    void assertComplete() {
        assertThat(deadLetters).isEmpty();
        histories.forEach((run, history) -> history.assertComplete());
        deletions.assertNothingIsLeft(pointers.keySet(), store.all());
    }

    /** The slice of the run was given up, the run says so, and every other run is the undisturbed one. */
    void assertGivenUp(String runId, int slice) {
        String reason =
                SimulatedTrainer.MOST_ATTEMPTS + " attempts at slice " + slice + " ended with the trainer's process";
        assertThat(deadLetters).isNotEmpty().containsOnly(runId + "/" + slice + ": " + reason);
        histories.forEach((run, history) -> {
            if (!run.equals(runId)) {
                history.assertComplete();
            }
        });
        assertThat(histories.get(runId).state()).isEqualTo(RunState.STOPPED);
        assertThat(histories.get(runId).reason()).isEqualTo(reason);
        assertThat(published(runId).lastSlice()).isEqualTo(slice - 1);
    }
}
