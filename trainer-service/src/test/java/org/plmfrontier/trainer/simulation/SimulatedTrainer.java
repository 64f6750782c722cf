package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.simulation.World.Transaction;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.JobCourse;
import org.plmfrontier.trainer.slice.JobLedger;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceAbandonedException;
import org.plmfrontier.trainer.slice.SliceReport;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.TenureOverException;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * One trainer process: the real course of a job over the real slice trainer, and around it what a process knows of its
 * group. Faults come in at its hooks: before a step, around a checkpoint, in the middle of a transaction.
 */
final class SimulatedTrainer {
    /** Attempts at a job that may end with their process. */
    static final int MOST_ATTEMPTS = 3;

    private static final int CAPACITY = 2;

    /** Time during which this process owns a partition, compared by identity. */
    private record Tenure(int partition, int since, Object identity) {}

    /** What may go wrong at a hook of a trainer. */
    interface Faults {
        /** May crash the process, freeze it while others go on, or tell it to leave. */
        void at(SimulatedTrainer trainer, boolean inTransaction);

        boolean diskFull();

        boolean crashAfterSave(SimulatedTrainer trainer);

        boolean brokerFails();

        boolean answerLost();
    }

    private final String name;
    private final World world;
    private final Faults faults;
    private final FakeEngine engine = new FakeEngine();
    private final ResidentRuns resident = new ResidentRuns(CAPACITY);
    private final JobCourse course;
    private final Map<Integer, Tenure> tenures = new HashMap<>();
    private final Map<Tenure, Map<String, CheckpointPointer>> known = new HashMap<>();
    private @Nullable BatchJob inHand;
    private String delivery = "";
    private int knownGeneration;
    private boolean leaving;

    SimulatedTrainer(String name, World world, Faults faults, TokenLog log) {
        this.name = name;
        this.world = world;
        this.faults = faults;
        engine.beforeStep(() -> faults.at(this, false));
        SliceTrainer slices = new SliceTrainer(
                engine,
                world.store.of(name, around()),
                log,
                resident,
                1_000,
                new RecordingObserver(),
                new Clock(world::now, world::pass),
                name);
        this.course = new JobCourse(slices, world.attempts, MOST_ATTEMPTS, 1);
    }

    private MemoryCheckpoints.Around around() {
        return new MemoryCheckpoints.Around() {
            @Override
            public void before() throws IOException {
                faults.at(SimulatedTrainer.this, false);
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

    boolean isLeaving() {
        return leaving;
    }

    /** Learns what the group has decided. */
    void poll() {
        knownGeneration = world.generation();
        for (int partition = 0; partition < world.partitions(); partition++) {
            int since = world.ownedSince(partition, this);
            Tenure mine = tenures.get(partition);
            if (mine != null && mine.since() != since) {
                tenures.remove(partition);
            }
            if (since >= 0 && !tenures.containsKey(partition)) {
                tenures.put(partition, new Tenure(partition, since, new Object()));
            }
        }
    }

    /** Takes the next job of one of its partitions, if there is one. */
    void work() {
        poll();
        known.keySet().removeIf(tenure -> !holds(tenure));
        resident.closeUnless(tenure -> tenure instanceof Tenure held && holds(held));
        for (Tenure tenure : tenures.values().stream().toList()) {
            Optional<BatchJob> job = world.nextJob(tenure.partition());
            if (job.isPresent() && holds(tenure) && !leaving) {
                attempt(job.get(), tenure);
                return;
            }
        }
    }

    private void attempt(BatchJob job, Tenure tenure) {
        long offset = world.offset(tenure.partition());
        inHand = job;
        delivery = tenure.partition() + "-" + offset;
        try {
            course.attempt(job, tenure, new Ledger(job, tenure, offset), new Watch(tenure));
        } catch (TenureOverException | SliceAbandonedException | IOException | BrokerException e) {
            known.remove(tenure);
        } catch (InterruptedException | TokenLogException e) {
            throw new AssertionError(e);
        }
        inHand = null;
        assertThat(engine.open.get()).as("models on the device of %s", name).isEqualTo(resident.size());
    }

    private boolean holds(Tenure tenure) {
        Tenure mine = tenures.get(tenure.partition());
        return mine != null && mine.identity() == tenure.identity();
    }

    private final class Watch implements SliceWatch {
        private final Tenure tenure;

        Watch(Tenure tenure) {
            this.tenure = tenure;
        }

        @Override
        public Demand demand() {
            if (!holds(tenure)) {
                return Demand.ABANDON;
            }
            return leaving ? Demand.HAND_OVER : Demand.GO_ON;
        }

        @Override
        public boolean tryAgain(IOException failure) {
            faults.at(SimulatedTrainer.this, false);
            return demand() != Demand.ABANDON && world.random.nextInt(4) > 0;
        }
    }

    private final class Ledger implements JobLedger {
        private final BatchJob job;
        private final Tenure tenure;
        private final long offset;

        Ledger(BatchJob job, Tenure tenure, long offset) {
            this.job = job;
            this.tenure = tenure;
            this.offset = offset;
        }

        @Override
        public @Nullable CheckpointPointer pointer() throws IOException {
            Map<String, CheckpointPointer> table = known.get(tenure);
            if (table == null) {
                table = world.pointers(tenure.partition());
                known.put(tenure, table);
            }
            return table.get(job.run().runId());
        }

        @Override
        public Optional<String> stopReason() {
            return world.stopReason(job.run().runId());
        }

        @Override
        public void publish(SliceReport report) throws TenureOverException {
            long next = report.jobDone() ? offset + 1 : offset;
            while (!commit(report, null, next)) {
                poll();
            }
            known.computeIfAbsent(tenure, any -> new HashMap<>())
                    .put(report.pointer().runId(), report.pointer());
        }

        @Override
        public String delivery() {
            return tenure.partition() + "-" + offset;
        }

        @Override
        public void skip(String reason) throws TenureOverException {
            while (!commit(null, null, offset + 1)) {
                poll();
            }
        }

        @Override
        public void bury(String reason) throws TenureOverException {
            while (!commit(null, letter(reason), offset + 1)) {
                poll();
            }
        }

        private String letter(String reason) {
            return job.run().runId() + "/" + job.slice() + ": " + reason;
        }

        @Override
        public void bury(String reason, SliceReport stop) throws TenureOverException {
            while (!commit(stop, letter(reason), offset + 1)) {
                poll();
            }
            known.computeIfAbsent(tenure, any -> new HashMap<>())
                    .put(stop.pointer().runId(), stop.pointer());
        }

        /** One transaction; false where the group's generation has moved on. */
        private boolean commit(@Nullable SliceReport report, @Nullable String deadLetter, long next)
                throws TenureOverException {
            faults.at(SimulatedTrainer.this, true);
            if (!holds(tenure)) {
                throw new TenureOverException(tenure);
            }
            Transaction transaction = world.begin(tenure.partition(), report, deadLetter);
            faults.at(SimulatedTrainer.this, true);
            if (!holds(tenure)) {
                world.abort(transaction);
                throw new TenureOverException(tenure);
            }
            if (faults.brokerFails()) {
                world.abort(transaction);
                throw new BrokerException();
            }
            if (!world.sendOffset(transaction, next, knownGeneration)) {
                world.abort(transaction);
                return false;
            }
            faults.at(SimulatedTrainer.this, true);
            if (!world.commit(transaction)) {
                throw new BrokerException();
            }
            if (faults.answerLost()) {
                throw new BrokerException();
            }
            return true;
        }
    }

    /** The broker could not be reached or refused; what became of the transaction is unknown. */
    static final class BrokerException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public String toString() {
        return name;
    }
}
