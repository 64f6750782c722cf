package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.SliceTime;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;

/** Slices are cut for a horizon, and further ones as those are trained. */
class HorizonTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition PLACE = new LogPosition("events", Map.of());
    private static final ModelShape SMALL = ModelShape.esm2(1, 16, 2);
    private static final ModelShape LARGE = ModelShape.esm2(2, 64, 4);

    /** At which the large run takes an hour or two. */
    private static final double SLOW = 5e9;

    private final ReadyCorpus corpus = new ReadyCorpus(Profiles.loads(300, 6));
    private final MemoryStudyStore store = new MemoryStudyStore(corpus.profile());
    private final MemoryJobLog log = new MemoryJobLog();
    private final ProgressBook book = new ProgressBook(store, new NoOddities());
    private final Studies studies = studies(SLOW);
    private @Nullable Double heldUp;

    private Studies studies(double assumed) {
        return new Studies(
                store,
                log,
                corpus::corpus,
                new Slicing(
                        OptionalDouble.empty(),
                        24,
                        100_000,
                        new SliceTime(
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(6),
                                new MeasuredSpacing(book.checkpoints(), store, run -> 0),
                                new MeasuredSpeed(book.speeds(), store, assumed)),
                        OptionalLong.empty()),
                Duration.ofMinutes(1),
                InstantSource.fixed(AT));
    }

    @Test
    void whileTheSpeedIsAssumedSlicesAreShortAndFew() {
        studies.submit(spec("a", 5e7));
        List<BatchJob> slices = jobsOf(run(1));
        assertThat(seconds(slices)).isBetween(12.0, 13.5);
        assertThat(slices).hasSizeGreaterThanOrEqualTo(19);
        assertThat(studies.cutAhead()).as("nothing is done yet").isZero();
    }

    @Test
    void furtherSlicesFollowWhatIsTrainedAtItsMeasuredSpeed() {
        studies.submit(spec("a", 5e7));
        int probes = jobsOf(run(1)).size();
        train(run(1), 1, 10 * SLOW);
        assertThat(studies.cutAhead()).isPositive();
        List<BatchJob> slices = jobsOf(run(1));
        BatchJob first = slices.get(probes);
        assertThat(first.expectedFlops() / (10 * SLOW)).isCloseTo(6, within(0.6));
        assertThat(seconds(slices.subList(probes, slices.size())) / 10).isCloseTo(360, within(7.0));
        assertThat(studies.cutAhead()).as("the horizon is full").isZero();
    }

    @Test
    void aStudyIsTrainedToItsEndAndItsSlicesJoin() {
        studies.submit(spec("a", 5e7));
        Map<String, Integer> done = new HashMap<>();
        double speed = SLOW;
        for (int round = 0; studies.backlog().activeRuns() > 0; round++) {
            assertThat(round).isLessThan(10_000);
            speed *= round % 50 == 0 ? 3 : round % 50 == 25 ? 0.5 : 1;
            for (StudyRun run : store.activeRuns()) {
                String id = run.spec().runId();
                int next = done.getOrDefault(id, 0);
                assertThat(next).as("the next slice of %s is there", id).isLessThan(run.slices());
                train(run.spec(), 1, speed);
                done.put(id, next + 1);
            }
            studies.cutAhead();
        }
        for (StudyRun run : studies.runs("a")) {
            long at = 0;
            List<BatchJob> jobs = jobsOf(run.spec());
            for (int i = 0; i < jobs.size(); i++) {
                assertThat(jobs.get(i).slice()).isEqualTo(i);
                assertThat(jobs.get(i).fromRecord()).isEqualTo(at);
                at = jobs.get(i).toRecord();
            }
            assertThat(at).isEqualTo(run.spec().endRecord());
            assertThat(jobs).extracting(BatchJob::toRecord).containsAll(budgetEnds(run.spec()));
        }
        assertThat(log.jobs).isEqualTo(store.jobs("a"));
    }

    @Test
    void aBrokerThatFailsBetweenTheSlicesLosesNone() {
        studies.submit(spec("a", 5e7));
        train(run(1), 3, SLOW);
        log.limit = log.jobs.size() + 2;
        assertThatThrownBy(studies::cutAhead).hasMessageContaining("broker");
        assertThatThrownBy(studies::cutAhead).hasMessageContaining("broker");
        log.limit = Integer.MAX_VALUE;
        studies.cutAhead();
        assertThat(log.jobs).isEqualTo(store.jobs("a"));
        assertThat(studies.get("a").published()).isTrue();
    }

    @Test
    void aRestartBetweenTheSlicesLosesNoneAndKnowsTheSpeed() {
        studies.submit(spec("a", 5e7));
        train(run(1), 3, SLOW);
        log.limit = log.jobs.size() + 2;
        assertThatThrownBy(studies::cutAhead).hasMessageContaining("broker");
        log.limit = Integer.MAX_VALUE;
        ProgressBook fresh = new ProgressBook(store, new NoOddities());
        fresh.speeds().restore(store.measured(10));
        assertThat(new MeasuredSpeed(fresh.speeds(), store, 1).measured(run(1)).orElseThrow())
                .isCloseTo(SLOW, within(1e-6 * SLOW));
        Studies restarted = studies(SLOW);
        restarted.completePublication();
        assertThat(log.jobs).isEqualTo(store.jobs("a"));
    }

    @Test
    void aStoppedRunGetsNoSlicesUntilItGoesOn() {
        studies.submit(spec("a", 5e7));
        train(run(1), 5, SLOW);
        book.apply(List.of(new RunStateChanged("a", run(1).runId(), RunState.STOPPED, 5, "", AT)), PLACE);
        train(run(0), 1, SLOW);
        studies.cutAhead();
        int slices = jobsOf(run(1)).size();
        studies.command(run(1).runId(), RunCommand.Action.RESUME, "", "me");
        book.apply(List.of(new RunStateChanged("a", run(1).runId(), RunState.TRAINING, 5, "", AT)), PLACE);
        assertThat(studies.cutAhead()).isPositive();
        assertThat(store.run(run(1).runId()).orElseThrow().slices()).isGreaterThan(slices);
    }

    @Test
    void anExtendedRunGoesOnFromItsHorizon() {
        studies.submit(spec("a", 5e7));
        long before = store.run(run(1).runId()).orElseThrow().plannedTo();
        studies.extend("a", List.of(), List.of(9e7));
        StudyRun longer = store.run(run(1).runId()).orElseThrow();
        assertThat(longer.spec().budgets()).hasSize(3);
        assertThat(longer.plannedTo())
                .isGreaterThan(before)
                .isLessThan(longer.spec().endRecord());
        assertThat(jobsOf(longer.spec())).extracting(BatchJob::slice).doesNotHaveDuplicates();
    }

    @Test
    void thePreviewSaysHowManySlicesThereWillBe() {
        assertThat(studies.preview(spec("a", 5e7)).jobs().size())
                .isGreaterThan(5
                        * studies.submit(spec("a", 5e7)).study().spec().shapes().size());
        Backlog backlog = studies.backlog();
        assertThat(backlog.remainingJobs()).isEqualTo(log.jobs.size());
        assertThat(backlog.laterJobs()).isPositive();
        assertThat(backlog.remainingDeviceSeconds()).isCloseTo(backlog.remainingFlops() / SLOW, within(1e-3));
    }

    @Test
    void noMoreTrainersAreUsefulThanPartitionsWithWork() {
        studies.submit(spec("a", 5e7));
        assertThat(studies.backlog().usefulTrainers()).isEqualTo(2);
        double minute = 60 * SLOW;
        StudyRun large = store.run(run(1).runId()).orElseThrow();
        book.apply(
                List.of(TrainingEventSliceCompletedBuilder.builder()
                        .studyId("a")
                        .runId(run(1).runId())
                        .slice(0)
                        .step(1)
                        .toRecord(8)
                        .tokens(1)
                        .computeFlops(large.spec().expectedFlops() - minute / 4)
                        .checkpoint("c")
                        .trainer("t")
                        .at(AT)
                        .build()),
                PLACE);
        StudyRun small = store.run(run(0).runId()).orElseThrow();
        book.apply(
                List.of(TrainingEventSliceCompletedBuilder.builder()
                        .studyId("a")
                        .runId(run(0).runId())
                        .slice(0)
                        .step(1)
                        .toRecord(8)
                        .tokens(1)
                        .computeFlops(small.spec().expectedFlops() - minute / 4)
                        .checkpoint("c")
                        .trainer("t")
                        .at(AT)
                        .build()),
                PLACE);
        assertThat(studies.backlog().activeRuns()).isEqualTo(2);
        assertThat(studies.backlog().usefulTrainers())
                .as("two runs with a quarter of a minute each")
                .isEqualTo(1);
    }

    @Test
    void slicesGrowWhereCheckpointsHoldUpTrainingAndShrinkWhenTheyDoSoNoLonger() {
        studies.submit(spec("a", 5e7));
        assertThat(lastSecondsWithCheckpoints(null)).isBetween(5.5, 6.5);
        assertThat(lastSecondsWithCheckpoints(0.2)).as("a hundredth of it").isBetween(18.0, 22.0);
        assertThat(lastSecondsWithCheckpoints(1e9)).as("what cannot be").isBetween(18.0, 22.0);
        assertThat(lastSecondsWithCheckpoints(1.0)).as("the longest").isBetween(28.0, 32.0);
        assertThat(lastSecondsWithCheckpoints(0.01)).isBetween(5.5, 6.5);
    }

    /** Trains what is cut of the large run, whose checkpoints hold it up; device time of the last slice that follows. */
    private double lastSecondsWithCheckpoints(@Nullable Double heldUpSeconds) {
        heldUp = heldUpSeconds;
        StudyRun large = store.run(run(1).runId()).orElseThrow();
        train(run(1), large.slices() - 1 - large.progress().lastSlice(), SLOW);
        studies.cutAhead();
        return seconds(List.of(jobsOf(run(1)).getLast()));
    }

    /** Trains the next slices of a run. */
    private void train(RunSpec run, int count, double flopsPerSecond) {
        for (int i = 0; i < count; i++) {
            int next = store.run(run.runId()).orElseThrow().progress().lastSlice() + 1;
            BatchJob job = jobsOf(run).get(next);
            long step = job.toRecord() / run.recipe().recordsPerStep();
            double flops = 0;
            for (BatchJob done : jobsOf(run).subList(0, next + 1)) {
                flops += done.expectedFlops();
            }
            List<TrainingEvent> events = new ArrayList<>();
            if (next == 0) {
                events.add(new RunStateChanged("a", run.runId(), RunState.TRAINING, 0, "", AT));
            }
            events.add(new StepCompleted("a", run.runId(), step, step, step, step, 3, 1e-3, 1, flopsPerSecond, AT));
            if (job.toRecord() == run.endRecord()) {
                events.add(new RunStateChanged("a", run.runId(), RunState.COMPLETED, step, "", AT));
            }
            events.add(TrainingEventSliceCompletedBuilder.builder()
                    .studyId("a")
                    .runId(run.runId())
                    .slice(job.slice())
                    .step(step)
                    .toRecord(job.toRecord())
                    .tokens(step)
                    .computeFlops(flops)
                    .checkpoint("c")
                    .trainer("t")
                    .at(AT)
                    .heldUpSeconds(heldUp)
                    .build());
            book.apply(events, PLACE);
        }
    }

    private double seconds(List<BatchJob> slices) {
        return slices.stream().mapToDouble(BatchJob::expectedFlops).sum() / SLOW;
    }

    private RunSpec run(int index) {
        return studies.runs("a").get(index).spec();
    }

    private List<BatchJob> jobsOf(RunSpec run) {
        return store.jobs("a").stream()
                .filter(job -> job.run().runId().equals(run.runId()))
                .toList();
    }

    private static List<Long> budgetEnds(RunSpec run) {
        return run.budgets().stream().map(RunSpec.Budget::endRecord).toList();
    }

    private static StudySpec spec(String id, double tokens) {
        return StudySpecBuilder.builder()
                .id(id)
                .corpus("ready")
                .shapes(List.of(SMALL, LARGE))
                .tokenBudgets(List.of(tokens / 2, tokens))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
    }

    @Test
    void evaluationsThatWaitAreWorthOneTrainerWhereNothingTrains() {
        Backlog nothing = new Backlog(0, 0, 0, 0, 0, 0, null);
        assertThat(nothing.withEvaluations(OptionalLong.of(7)).usefulTrainers()).isEqualTo(1);
        assertThat(nothing.withEvaluations(OptionalLong.of(7)).waitingEvaluations())
                .isEqualTo(7);
        assertThat(nothing.withEvaluations(OptionalLong.of(0)).usefulTrainers()).isZero();
        assertThat(nothing.withEvaluations(OptionalLong.empty())).isEqualTo(nothing);
        Backlog training = new Backlog(1e12, 600, 4, 0, 3, 3, null);
        assertThat(training.withEvaluations(OptionalLong.of(7)).usefulTrainers())
                .isEqualTo(3);
    }
}
