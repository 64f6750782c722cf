package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

class SliceTrainerTest {
    private static final Object TENURE = "tenure";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final List<TokenBatch> training = Studies.records("c", 6, 3, 20, 1);
    private final MemoryTokenLog log = new MemoryTokenLog(training, Studies.records("c", 2, 3, 20, 2));
    private final RecordingObserver observer = new RecordingObserver();
    private final ResidentRuns resident = new ResidentRuns(2);
    private FakeEngine engine = new FakeEngine();
    private FolderCheckpoints store;

    @BeforeEach
    void openStore() {
        store = new FolderCheckpoints(folder, "t1");
    }

    @Test
    void aSliceTellsItsStepsInOrderAndCompletesLast() throws Exception {
        List<TrainingEvent> events = new ArrayList<>();
        trainAll(trainer(), run("r", 2, 4, 8), 4, events);
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "RunStateChanged",
                        "StepCompleted",
                        "StepCompleted",
                        "HeldOutEvaluated",
                        "SliceCompleted",
                        "StepCompleted",
                        "StepCompleted",
                        "HeldOutEvaluated",
                        "RunStateChanged",
                        "SliceCompleted");
        assertThat(((TrainingEvent.RunStateChanged) events.get(0)).state()).isEqualTo(RunState.TRAINING);
        assertThat(((TrainingEvent.RunStateChanged) events.get(8)).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void tokensAndFlopsAreCountedExactlyOverEpochs() throws Exception {
        RunSpec run = run("r", 2, 8);
        List<TrainingEvent> events = new ArrayList<>();
        trainAll(trainer(), run, 4, events);
        long tokens = 0;
        double compute = 0;
        double executed = 0;
        for (int position = 0; position < 8; position++) {
            TokenBatch record = training.get(position % training.size());
            tokens += record.tokens().length;
            compute += FlopCount.training(run.shape(), record.load());
            executed += FlopCount.training(run.shape(), record.paddedLoad());
        }
        TrainingEvent.StepCompleted last = steps(events).getLast();
        assertThat(last.step()).isEqualTo(4);
        assertThat(last.tokens()).isEqualTo(tokens);
        assertThat(last.computeFlops()).isEqualTo(compute);
        assertThat(last.executedFlops()).isEqualTo(executed).isGreaterThan(compute);
        assertThat(log.trainingReads).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 0L, 1L);
    }

    @Test
    void theLearningRateIsThatOfTheTokensSeenBeforeTheStep() throws Exception {
        Schedule schedule = new Schedule.Constant(1e-3, 1000);
        Recipe recipe = Studies.recipe(1).withSchedule(schedule);
        RunSpec run = Studies.run(
                "s", "r", Studies.SMALL, recipe, Studies.corpus("c", training, Studies.records("c", 2, 3, 20, 2)), 4);
        List<TrainingEvent> events = new ArrayList<>();
        trainAll(trainer(), run, 4, events);
        double seen = 0;
        for (TrainingEvent.StepCompleted step : steps(events)) {
            assertThat(step.learningRate()).isEqualTo(schedule.learningRate(seen));
            seen = step.tokens();
        }
        assertThat(steps(events).getFirst().learningRate()).isZero();
    }

    @Test
    void slicesGiveTheSameStepsHoweverTheRunIsCutAndWhereverItIsTaken() throws Exception {
        RunSpec run = run("r", 1, 12);
        List<TrainingEvent> whole = new ArrayList<>();
        trainAll(trainer(), run, 12, whole);
        List<TrainingEvent> cut = new ArrayList<>();
        CheckpointPointer pointer = null;
        for (BatchJob job : Studies.jobs(run, 5)) {
            SliceTrainer other = trainer();
            SliceReport report = other.train(job, pointer, new Object(), SliceTrainerTest::goOn);
            other.committed(report, pointer);
            pointer = report.pointer();
            cut.addAll(report.events());
        }
        assertThat(losses(cut)).containsExactlyElementsOf(losses(whole));
    }

    @Test
    void anAbandonedSliceLeavesNothingWarmAndIsRepeatedEqually() throws Exception {
        RunSpec run = run("r", 1, 6);
        BatchJob job = Studies.jobs(run, 6).get(0);
        SliceTrainer trainer = trainer();
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> trainer.train(
                        job, null, TENURE, () -> asked.incrementAndGet() > 3 ? Demand.ABANDON : Demand.GO_ON))
                .isInstanceOf(SliceAbandonedException.class);
        assertThat(engine.open).hasValue(0);
        SliceReport repeated = trainer.train(job, null, TENURE, SliceTrainerTest::goOn);
        engine = new FakeEngine();
        SliceReport undisturbed = trainer().train(job, null, TENURE, SliceTrainerTest::goOn);
        assertThat(losses(repeated.events())).containsExactlyElementsOf(losses(undisturbed.events()));
    }

    @Test
    void anUnpublishedReportsStateIsDropped() throws Exception {
        SliceTrainer trainer = trainer();
        trainer.train(Studies.jobs(run("r", 1, 6), 3).get(0), null, TENURE, SliceTrainerTest::goOn);
        trainer.discarded();
        assertThat(engine.open).hasValue(0);
        assertThat(resident.size()).isZero();
    }

    @Test
    void aWarmRunIsNotLoadedAgainButInAnotherTenureItIs() throws Exception {
        RunSpec run = run("r", 1, 6);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 2).get(0), null, TENURE);
        CheckpointPointer second = train(trainer, Studies.jobs(run, 2).get(1), first, TENURE);
        assertThat(engine.loads).hasValue(1);
        train(trainer, Studies.jobs(run, 2).get(2), second, "another tenure");
        assertThat(engine.loads).hasValue(2);
        assertThat(engine.open).hasValue(1);
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndNoPointOfTheSliceIsTold() throws Exception {
        engine = new FakeEngine(5);
        RunSpec run = run("r", 1, 6);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 3).get(0), null, TENURE);
        SliceReport report = trainer.train(Studies.jobs(run, 3).get(1), first, TENURE, SliceTrainerTest::goOn);
        assertThat(report.events()).hasSize(1);
        TrainingEvent.RunStateChanged change =
                (TrainingEvent.RunStateChanged) report.events().get(0);
        assertThat(change.state()).isEqualTo(RunState.DIVERGED);
        assertThat(change.reason()).contains("NaN").contains("step 5").contains("0.001");
        assertThat(report.pointer().progress()).isEqualTo(first.progress());
        assertThat(engine.open).hasValue(0);
    }

    @Test
    void aHeldOutLossThatIsNoNumberEndsTheRunToo() throws Exception {
        engine.evaluateToNothing();
        SliceReport report = trainer().train(Studies.jobs(run("r", 1, 6), 6).get(0), null, TENURE, () -> Demand.GO_ON);
        assertThat(report.events()).hasSize(1);
        TrainingEvent.RunStateChanged change =
                (TrainingEvent.RunStateChanged) report.events().get(0);
        assertThat(change.state()).isEqualTo(RunState.DIVERGED);
        assertThat(change.reason()).contains("held-out loss NaN").contains("step 6").contains("0.001");
        assertThat(report.pointer().checkpoint()).isNull();
        assertThat(engine.open).hasValue(0);
    }

    @Test
    void aDamagedCheckpointIsRefusedAndTheStepsSinceTheOneBeforeAreDoneAgain() throws Exception {
        RunSpec run = run("r", 1, 9);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 3).get(0), null, TENURE);
        CheckpointPointer second = train(trainer, Studies.jobs(run, 3).get(1), first, TENURE);
        flip(folder.resolve(Objects.requireNonNull(second.checkpoint())));
        SliceReport report = trainer.train(Studies.jobs(run, 3).get(2), second, "new tenure", SliceTrainerTest::goOn);
        assertThat(observer.told)
                .anySatisfy(line -> assertThat(line).startsWith("refused: ").contains("checksum"));
        assertThat(report.events().getFirst())
                .isInstanceOfSatisfying(TrainingEvent.CheckpointRefused.class, refusal -> {
                    assertThat(refusal.checkpoint()).isEqualTo(second.checkpoint());
                    assertThat(refusal.reason()).contains("checksum");
                    assertThat(refusal.step()).isEqualTo(6);
                });
        assertThat(observer.told).contains("restored at 3");
        List<TrainingEvent> undisturbed = new ArrayList<>();
        engine = new FakeEngine();
        trainAll(trainer(), run, 9, undisturbed);
        assertThat(losses(report.events()))
                .containsExactlyElementsOf(losses(undisturbed).subList(6, 9));
    }

    @Test
    void aStoppedRunSaysSoAndContinuesWhereItStood() throws Exception {
        RunSpec run = run("r", 1, 6);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 3).get(0), null, TENURE);
        SliceReport stopped = trainer.stop(Studies.jobs(run, 3).get(1), first, "enough");
        assertThat(stopped.pointer().state()).isEqualTo(RunState.STOPPED);
        assertThat(stopped.pointer().progress()).isEqualTo(first.progress());
        SliceReport resumed =
                trainer.train(Studies.jobs(run, 3).get(1), stopped.pointer(), TENURE, SliceTrainerTest::goOn);
        assertThat(((TrainingEvent.RunStateChanged) resumed.events().get(0)).state())
                .isEqualTo(RunState.TRAINING);
    }

    @Test
    void onlyTheLastTwoCheckpointsAreKept() throws Exception {
        List<TrainingEvent> events = new ArrayList<>();
        trainAll(trainer(), run("r", 1, 8), 2, events);
        assertThat(store.names("r")).hasSize(2).allMatch(name -> name.contains("t1"));
        try (var files = Files.list(folder.resolve("r"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aSliceThatIsHandedOverIsContinuedByAnotherTrainerAsIfNothingHadHappened() throws Exception {
        RunSpec run = run("r", 1, 9);
        List<TrainingEvent> undisturbed = new ArrayList<>();
        trainAll(trainer(), run, 9, undisturbed);
        for (int stepsDone = 1; stepsDone < 9; stepsDone++) {
            RunSpec again = run("r" + stepsDone, 1, 9);
            BatchJob job = Studies.jobs(again, 9).get(0);
            SliceTrainer leaving = trainer();
            SliceReport part = leaving.train(job, null, TENURE, handOverAfter(stepsDone));
            leaving.committed(part, null);
            assertThat(part.jobDone()).isFalse();
            assertThat(part.pointer().isInside(job)).isTrue();
            assertThat(part.pointer().slice()).isEqualTo(-1);
            assertThat(steps(part.events())).hasSize(stepsDone);
            SliceReport rest = trainer().train(job, part.pointer(), new Object(), SliceTrainerTest::goOn);
            List<TrainingEvent> both = new ArrayList<>(part.events());
            both.addAll(rest.events());
            assertThat(rest.jobDone()).isTrue();
            assertThat(rest.pointer().openSlice()).isNull();
            assertThat(both.stream().map(event -> event.getClass().getSimpleName()))
                    .containsExactlyElementsOf(undisturbed.stream()
                            .map(event -> event.getClass().getSimpleName())
                            .toList());
            assertThat(losses(both)).containsExactlyElementsOf(losses(undisturbed));
            assertThat(steps(both).stream().map(TrainingEvent.StepCompleted::computeFlops))
                    .containsExactlyElementsOf(steps(undisturbed).stream()
                            .map(TrainingEvent.StepCompleted::computeFlops)
                            .toList());
        }
    }

    @Test
    void anEvaluationThatIsBrokenOffIsDoneByTheHeirAndToldOnce() throws Exception {
        for (long budgetEnd : new long[] {3, 6}) {
            RunSpec run = budgetEnd == 6 ? run("e6", 1, 6) : run("e3", 1, 3, 6);
            BatchJob job = Studies.jobs(run, 6).get(0);
            SliceTrainer leaving = trainer();
            SliceReport part = leaving.train(
                    job, null, TENURE, () -> engine.evaluations.get() > 0 ? Demand.HAND_OVER : Demand.GO_ON);
            leaving.committed(part, null);
            assertThat(part.pointer().progress().position()).isEqualTo(budgetEnd);
            assertThat(part.events()).noneMatch(TrainingEvent.HeldOutEvaluated.class::isInstance);
            engine = new FakeEngine();
            SliceReport rest = trainer().train(job, part.pointer(), new Object(), SliceTrainerTest::goOn);
            assertThat(rest.events().stream().filter(TrainingEvent.HeldOutEvaluated.class::isInstance))
                    .hasSize(run.budgets().size());
            engine = new FakeEngine();
        }
    }

    @Test
    void aSliceOfWhichNothingIsDoneIsNotHandedOver() {
        BatchJob job = Studies.jobs(run("r", 1, 6), 6).get(0);
        assertThatThrownBy(() -> trainer().train(job, null, TENURE, () -> Demand.HAND_OVER))
                .isInstanceOf(SliceAbandonedException.class);
        assertThat(engine.open).hasValue(0);
    }

    @Test
    void aStateThatCannotBeWrittenIsTriedAgainWithoutTrainingAgain() throws Exception {
        RunSpec run = run("r", 1, 3);
        Files.writeString(folder.resolve("r"), "a file stands where the run's folder should be");
        AtomicInteger failures = new AtomicInteger();
        SliceWatch watch = new SliceWatch() {
            @Override
            public Demand demand() {
                return Demand.GO_ON;
            }

            @Override
            public boolean tryAgain(IOException failure) {
                if (failures.incrementAndGet() == 3) {
                    folder.resolve("r").toFile().delete();
                }
                return true;
            }
        };
        SliceReport report = trainer().train(Studies.jobs(run, 3).get(0), null, TENURE, watch);
        assertThat(failures).hasValue(3);
        assertThat(engine.steps).hasValue(3);
        assertThat(report.pointer().checkpoint()).isNotNull();
    }

    @Test
    void statesAtTheEndsOfBudgetsAreKeptForGood() throws Exception {
        List<TrainingEvent> events = new ArrayList<>();
        trainAll(trainer(), run("r", 1, 2, 6, 12), 2, events);
        assertThat(store.names("r").stream().map(name -> name.substring(7, 19)))
                .containsExactly("000000000012", "000000000010", "000000000006", "000000000002");
    }

    private static Demand goOn() {
        return Demand.GO_ON;
    }

    /** Wants the slice handed over once so many steps are done. */
    private SliceWatch handOverAfter(int stepsDone) {
        long before = engine.steps.get();
        return () -> engine.steps.get() - before >= stepsDone ? Demand.HAND_OVER : Demand.GO_ON;
    }

    private CheckpointPointer train(
            SliceTrainer trainer, BatchJob job, @Nullable CheckpointPointer pointer, Object tenure)
            throws IOException, TokenLogException, SliceAbandonedException {
        SliceReport report = trainer.train(job, pointer, tenure, SliceTrainerTest::goOn);
        trainer.committed(report, pointer);
        return report.pointer();
    }

    private void trainAll(SliceTrainer trainer, RunSpec run, int recordsPerSlice, List<TrainingEvent> events)
            throws IOException, TokenLogException, SliceAbandonedException {
        CheckpointPointer pointer = null;
        for (BatchJob job : Studies.jobs(run, recordsPerSlice)) {
            SliceReport report = trainer.train(job, pointer, TENURE, SliceTrainerTest::goOn);
            trainer.committed(report, pointer);
            pointer = report.pointer();
            events.addAll(report.events());
        }
    }

    private SliceTrainer trainer() {
        AtomicLong nanos = new AtomicLong();
        Clock clock = new Clock(() -> NOW, () -> nanos.addAndGet(1_000_000));
        return new SliceTrainer(engine, store, log, resident, 1_000, observer, clock, "t1");
    }

    private RunSpec run(String id, int recordsPerStep, long... ends) {
        return Studies.run(
                "s",
                id,
                Studies.SMALL,
                Studies.recipe(recordsPerStep),
                Studies.corpus("c", training, Studies.records("c", 2, 3, 20, 2)),
                ends);
    }

    private static List<TrainingEvent.StepCompleted> steps(List<TrainingEvent> events) {
        return events.stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(TrainingEvent.StepCompleted.class::cast)
                .toList();
    }

    private static List<Double> losses(List<TrainingEvent> events) {
        return steps(events).stream().map(TrainingEvent.StepCompleted::lossNats).toList();
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
    }
}
