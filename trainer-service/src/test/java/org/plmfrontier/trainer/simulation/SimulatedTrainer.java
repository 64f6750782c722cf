package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.simulation.World.Transaction;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.JobLedger;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.LeaseLostException;
import org.plmfrontier.trainer.slice.PendingSliceException;
import org.plmfrontier.trainer.slice.PublishedRun;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceAbandonedException;
import org.plmfrontier.trainer.slice.SliceReport;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * One trainer process: the real processor of jobs over the real slice trainer, and around it what a process knows of its
 * group. Faults come in at its hooks: before a step, around a checkpoint, in the middle of a transaction.
 */
final class SimulatedTrainer {
    /** Attempts at a job that may end with their process. */
    static final int MOST_ATTEMPTS = 3;

    private static final int CAPACITY = 2;

    private final String name;
    private final World world;
    private final Faults faults;
    private final FakeEngine engine = new FakeEngine();
    private final RecordingObserver observer = new RecordingObserver();
    private final ResidentRuns resident = new ResidentRuns(CAPACITY);
    private final JobProcessor processor;
    private final Map<Integer, Lease> leases = new HashMap<>();
    private final Map<Lease, Long> positions = new HashMap<>();
    private final Map<Lease, Map<String, CheckpointPointer>> known = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private @Nullable BatchJob inHand;
    private String delivery = "";
    private @Nullable Lease pendingLease;
    private long pendingOffset;
    private int knownGeneration;
    private boolean leaving;
    private boolean over;

    SimulatedTrainer(String name, World world, Faults faults, TokenLog log) {
        this.name = name;
        this.world = world;
        this.faults = faults;
        engine.beforeStep(() -> faults.at(this, Faults.Hook.STEP));
        SliceTrainer slices = new SliceTrainer(
                new SliceTrainer.Device(engine, resident),
                new SliceTrainer.Storage(world.store.of(name, around()), log),
                1_000,
                observer,
                new Clock(world::now, world::pass),
                name);
        SimulatedWriter writer = new SimulatedWriter(world, () -> faults.at(this, Faults.Hook.STORE));
        this.processor = new JobProcessor(slices, writer, world.attempts, MOST_ATTEMPTS, 1);
    }

    private MemoryCheckpoints.Around around() {
        return new MemoryCheckpoints.Around() {
            @Override
            public void before() throws IOException {
                faults.at(SimulatedTrainer.this, Faults.Hook.STORE);
                if (faults.diskFull()) {
                    throw new IOException("no space left on device");
                }
            }

            @Override
            public void after() {
                if (faults.crashAfterSave(SimulatedTrainer.this)) {
                    throw new CrashError();
                }
            }
        };
    }

    /** The job that is being tried; null where there is none. */
    @Nullable
    BatchJob inHand() {
        return inHand;
    }

    /** Whether the job in hand is still tried after one more attempt at it that ends with its process. */
    boolean mayBeKilled() {
        BatchJob job = inHand;
        return job == null || world.attempts.open(job.run().runId(), delivery) < MOST_ATTEMPTS;
    }

    /** Asks the process to leave: it hands over what it has in hand. */
    void leave() {
        leaving = true;
    }

    /** The process ends before it has handed over what it has in hand. */
    void graceIsOver() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Learns what the group has decided. */
    void poll() {
        knownGeneration = world.generation();
        for (int partition = 0; partition < world.partitions(); partition++) {
            int since = world.ownedSince(partition, this);
            Lease mine = leases.get(partition);
            if (mine != null && mine.generation() != since) {
                leases.remove(partition);
            }
            if (since >= 0 && !leases.containsKey(partition)) {
                leases.put(partition, new Lease(partition, since));
            }
        }
    }

    /** Whether a slice is trained and not committed. */
    boolean isPending() {
        return processor.isPending();
    }

    /** Takes the next job of one of its partitions, if there is one; else it looks after the slice that is pending. */
    void work() {
        poll();
        known.keySet().removeIf(lease -> !holds(lease));
        positions.keySet().removeIf(lease -> !holds(lease));
        resident.closeUnless(this::holds);
        removeDeleted();
        boolean found = leases.values().stream().toList().stream().anyMatch(this::workOn);
        if (!found) {
            commitWithoutJob();
        }
        for (int look = world.random.nextInt(30); leaving && !over && processor.isPending() && look > 0; look--) {
            commitWithoutJob();
        }
        assertThat(engine.open.get()).as("models on the device of %s", name).isEqualTo(resident.size());
        assertThat(engine.snapshots.get()).as("copies of states of %s", name).isEqualTo(processor.isPending() ? 1 : 0);
    }

    /** Once for each run that was deleted. */
    private void removeDeleted() {
        Set<String> due = new HashSet<>(world.deletedRuns());
        due.removeAll(removed);
        if (due.isEmpty()) {
            return;
        }
        try {
            processor.remove(due);
            leases.keySet().forEach(world::removePointers);
            known.clear();
            removed.addAll(due);
        } catch (PendingSliceException e) {
            tryPendingAgain();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean workOn(Lease lease) {
        if (leaving || !holds(lease)) {
            return false;
        }
        try {
            long position = position(lease);
            Optional<BatchJob> job = world.job(lease.partition(), position);
            job.ifPresent(next -> attempt(next, lease, position));
            return job.isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Of the next job to take: where the group stood at the assignment, and then one further with each job. */
    private long position(Lease lease) throws IOException {
        Long known = positions.get(lease);
        if (known == null) {
            known = world.committed(lease.partition());
            positions.put(lease, known);
        }
        return known;
    }

    private void attempt(BatchJob job, Lease lease, long offset) {
        inHand = job;
        delivery = lease.partition() + "-" + offset;
        try {
            Optional<SliceReport> report =
                    processor.attempt(job, lease, new Ledger(job, lease, offset), new Watch(lease, job));
            if (report.isEmpty() || report.get().jobDone()) {
                positions.put(lease, offset + 1);
            }
            if (processor.isPending()) {
                pendingLease = lease;
                pendingOffset = offset;
            }
        } catch (PendingSliceException e) {
            tryPendingAgain();
        } catch (LeaseLostException | SliceAbandonedException | IOException | BrokerException e) {
            known.remove(lease);
        } catch (InterruptedException | TokenLogException e) {
            throw new AssertionError(e);
        }
        inHand = null;
    }

    private void commitWithoutJob() {
        world.pass();
        try {
            processor.commitIfDurable();
        } catch (PendingSliceException e) {
            tryPendingAgain();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The slice that was pending is lost: its job comes before the one behind it. */
    private void tryPendingAgain() {
        known.clear();
        positions.replace(pendingLease, pendingOffset);
    }

    private boolean holds(Lease lease) {
        return leases.get(lease.partition()) == lease;
    }

    private final class Watch implements SliceWatch {
        private final Lease lease;
        private final BatchJob job;

        Watch(Lease lease, BatchJob job) {
            this.lease = lease;
            this.job = job;
        }

        @Override
        public boolean isLost() {
            return over || !holds(lease);
        }

        @Override
        public Demand demand() {
            if (isLost() || world.isDeleted(job.run().runId())) {
                return Demand.ABANDON;
            }
            boolean stopped = world.stopReason(job.run().runId()).isPresent();
            return leaving || stopped ? Demand.HAND_OVER : Demand.GO_ON;
        }

        @Override
        public boolean tryAgain(IOException failure) {
            faults.at(SimulatedTrainer.this, Faults.Hook.STORE);
            return demand() != Demand.ABANDON && world.random.nextInt(4) > 0;
        }
    }

    private final class Ledger implements JobLedger {
        private final BatchJob job;
        private final Lease lease;
        private final long offset;

        Ledger(BatchJob job, Lease lease, long offset) {
            this.job = job;
            this.lease = lease;
            this.offset = offset;
        }

        @Override
        public @Nullable CheckpointPointer pointer() throws IOException {
            Map<String, CheckpointPointer> table = known.get(lease);
            if (table == null) {
                table = world.pointers(lease.partition());
                table.keySet().removeAll(world.deletedRuns());
                world.removePointers(lease.partition());
                known.put(lease, table);
            }
            return table.get(job.run().runId());
        }

        @Override
        public PublishedRun published() {
            return world.published(job.run().runId());
        }

        @Override
        public boolean isDeleted() {
            return world.isDeleted(job.run().runId());
        }

        @Override
        public Optional<String> stopReason() {
            return world.stopReason(job.run().runId());
        }

        @Override
        public void publish(SliceReport report) throws LeaseLostException {
            long next = report.jobDone() ? offset + 1 : offset;
            while (!commit(report, null, next)) {
                poll();
            }
            if (inHand != null && inHand != job) {
                world.committedBeside++;
            }
            known.computeIfAbsent(lease, any -> new HashMap<>())
                    .put(report.pointer().runId(), report.pointer());
        }

        @Override
        public String delivery() {
            return lease.partition() + "-" + offset;
        }

        @Override
        public void skip(String reason) throws LeaseLostException {
            while (!commit(null, null, offset + 1)) {
                poll();
            }
        }

        @Override
        public void deadLetter(String reason) throws LeaseLostException {
            while (!commit(null, letter(reason), offset + 1)) {
                poll();
            }
        }

        private String letter(String reason) {
            return job.run().runId() + "/" + job.slice() + ": " + reason;
        }

        @Override
        public void deadLetter(String reason, SliceReport stop) throws LeaseLostException {
            while (!commit(stop, letter(reason), offset + 1)) {
                poll();
            }
            known.computeIfAbsent(lease, any -> new HashMap<>())
                    .put(stop.pointer().runId(), stop.pointer());
        }

        /** One transaction; false where the group's generation has moved on. */
        private boolean commit(@Nullable SliceReport report, @Nullable String deadLetter, long next)
                throws LeaseLostException {
            faults.at(SimulatedTrainer.this, Faults.Hook.TRANSACTION);
            if (!holds(lease)) {
                throw new LeaseLostException(lease);
            }
            Transaction transaction = world.begin(lease.partition(), report, deadLetter);
            faults.at(SimulatedTrainer.this, Faults.Hook.TRANSACTION);
            if (!holds(lease)) {
                world.abort(transaction);
                throw new LeaseLostException(lease);
            }
            if (faults.brokerFails()) {
                world.abort(transaction);
                throw new BrokerException();
            }
            if (!world.sendOffset(transaction, next, knownGeneration)) {
                world.abort(transaction);
                return false;
            }
            faults.at(SimulatedTrainer.this, Faults.Hook.TRANSACTION);
            if (!world.commit(transaction)) {
                throw new BrokerException();
            }
            if (faults.answerLost()) {
                throw new BrokerException();
            }
            return true;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
