package org.plmfrontier.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.simulation.Deletions.Resubmission;
import org.plmfrontier.trainer.simulation.World.Fault;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.DirectWriter;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedSlice;

/**
 * Thousands of studies under faults drawn from seeds: after every commit the log is what the undisturbed study would have
 * written so far, and in the end it is that study.
 */
class RunSimulationTest {
    private static final Lease LEASE = new Lease(0, 1);

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);

    private final List<TokenBatch> records = Studies.records("c", 6, 2, 12, 1);
    private final List<TokenBatch> heldOut = Studies.records("c", 1, 2, 12, 2);
    private final MemoryTokenLog log = new MemoryTokenLog(records, heldOut);
    private final List<List<BatchJob>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
    private final Map<Integer, List<BatchJob>> extensions = new HashMap<>();
    private final Map<String, List<TrainingEvent>> undisturbed = new HashMap<>();
    /** By run, the jobs of its study submitted again. */
    private final Map<String, List<BatchJob>> resubmitted = new HashMap<>();

    RunSimulationTest() throws Exception {
        CorpusRef corpus = Studies.corpus("c", records, heldOut);
        plan(0, "a", 2, 2, corpus, 6, 12);
        plan(0, "b", 1, 2, corpus, 4, 9);
        plan(1, "c", 2, 2, corpus, 12);
        extend(corpus);
        submitAgain("a", 2, 3, corpus, 6, 12);
        submitAgain("b", 1, 1, corpus, 4, 9);
        submitAgain("c", 2, 1, corpus, 12);
        interleave(partitions.get(0));
    }

    /** A further budget of run c, whose jobs carry the longer plan. */
    private void extend(CorpusRef corpus) throws Exception {
        RunSpec longer = Studies.run("s", "c", Studies.SMALL, Studies.recipe(2), corpus, 12, 18);
        List<BatchJob> more = List.of(new BatchJob(longer, 3, 12, 16, 1e6), new BatchJob(longer, 4, 16, 18, 1e6));
        extensions.put(1, more);
        undisturbed.put(
                "c",
                events(Stream.concat(partitions.get(1).stream(), more.stream()).toList()));
    }

    private void plan(int partition, String run, int stepRecords, int sliceSteps, CorpusRef corpus, long... ends)
            throws Exception {
        List<BatchJob> jobs = Studies.jobs(
                Studies.run("s", run, Studies.SMALL, Studies.recipe(stepRecords), corpus, ends),
                stepRecords * sliceSteps);
        partitions.get(partition).addAll(jobs);
        undisturbed.put(run, events(jobs));
    }

    /** After the study of a run was deleted: other cuts, since they follow speeds, and an id that no run had. */
    private void submitAgain(String run, int stepRecords, int sliceSteps, CorpusRef corpus, long... ends)
            throws Exception {
        List<BatchJob> jobs = Studies.jobs(
                Studies.run("s", run + ".2", Studies.SMALL, Studies.recipe(stepRecords), corpus, ends),
                stepRecords * sliceSteps);
        resubmitted.put(run, jobs);
        undisturbed.put(run + ".2", events(jobs));
    }

    /** Slices of the runs of a partition take turns. */
    private static void interleave(List<BatchJob> jobs) {
        jobs.sort(Comparator.comparingInt(BatchJob::slice));
    }

    private List<TrainingEvent> events(List<BatchJob> jobs) throws Exception {
        SliceTrainer trainer = new SliceTrainer(
                new SliceTrainer.Device(new FakeEngine(), new ResidentRuns(1)),
                new SliceTrainer.Storage(
                        new MemoryCheckpoints().of("calm", new MemoryCheckpoints.Around() {
                            @Override
                            public void before() {}

                            @Override
                            public void after() {}
                        }),
                        log),
                1_000,
                new RecordingObserver(),
                new Clock(() -> Instant.EPOCH, () -> 0),
                "calm");
        List<TrainingEvent> events = new ArrayList<>();
        CheckpointPointer pointer = null;
        for (BatchJob job : jobs) {
            SliceWatch watch = () -> SliceWatch.Demand.GO_ON;
            try (TrainedSlice slice = DirectWriter.save(trainer.train(job, pointer, LEASE, watch), watch)) {
                slice.published();
                pointer = slice.report().pointer();
                events.addAll(slice.report().events());
            }
        }
        return events;
    }

    private World world(long seed) {
        Map<String, Resubmission> resubmissions = new HashMap<>();
        resubmitted.forEach((run, jobs) ->
                resubmissions.put(run, new Resubmission(jobs, new RunHistory(undisturbed.get(run + ".2")))));
        return world(seed, resubmissions);
    }

    private World world(long seed, Map<String, Resubmission> resubmissions) {
        Map<String, RunHistory> histories = new HashMap<>();
        for (String run : List.of("a", "b", "c")) {
            histories.put(run, new RunHistory(undisturbed.get(run)));
        }
        return new World(seed, partitions, extensions, histories, resubmissions);
    }

    @Test
    void everyStudyUnderFaultsIsTheUndisturbedOne() {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        long beside = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            World world = world(seed);
            try {
                new Story(world, log).tell();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " (-Dsimulation.seed=" + seed + " -Dsimulation.seeds=1)", e);
            }
            beside += world.committedBeside;
            world.faults.forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        }
        System.out.println(SEEDS + " studies from seed " + FIRST_SEED + " on, " + beside
                + " slices committed while another job was in hand, faults: " + faults);
        assertThat(beside).as("slices committed beside another").isGreaterThan(SEEDS);
        if (SEEDS >= 1_000) {
            assertThat(faults.keySet()).as("every fault happened").containsExactly(Fault.values());
        }
    }

    @Test
    void aSliceThatEndsEachOfItsTrainersIsGivenUpAndTheOtherRunsGoOn() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + Math.min(SEEDS, 300); seed++) {
            World world = world(seed, Map.of());
            try {
                new Story(world, log, job -> job.run().runId().equals("a") && job.slice() == 1).play();
                world.assertGivenUp("a", 1);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " (-Dsimulation.seed=" + seed + " -Dsimulation.seeds=1)", e);
            }
        }
    }

    @Test
    void aStepThatIsToldTwiceIsFound() {
        RunHistory history = new RunHistory(undisturbed.get("a"));
        undisturbed.get("a").subList(0, 2).forEach(history::see);
        assertThatThrownBy(() -> history.see(undisturbed.get("a").get(1))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aStepThatIsLostIsFound() {
        RunHistory history = new RunHistory(undisturbed.get("a"));
        history.see(undisturbed.get("a").get(0));
        assertThatThrownBy(() -> history.see(undisturbed.get("a").get(2))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aStudyThatEndsEarlyIsFound() {
        RunHistory history = new RunHistory(undisturbed.get("a"));
        undisturbed.get("a").subList(0, 5).forEach(history::see);
        assertThatThrownBy(history::assertComplete).isInstanceOf(AssertionError.class);
    }
}
