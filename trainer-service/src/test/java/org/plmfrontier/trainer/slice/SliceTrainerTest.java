package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;

class SliceTrainerTest extends SliceScene {
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
            SliceReport report = publish(other, job, pointer, new Lease(0, 2), SliceScene::goOn);
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
        assertThatThrownBy(() -> discard(
                        trainer, job, null, LEASE, () -> asked.incrementAndGet() > 3 ? Demand.ABANDON : Demand.GO_ON))
                .isInstanceOf(SliceAbandonedException.class);
        assertThat(engine.open).hasValue(0);
        SliceReport repeated = discard(trainer, job, null, LEASE, SliceScene::goOn);
        engine = new FakeEngine();
        SliceReport undisturbed = discard(trainer(), job, null, LEASE, SliceScene::goOn);
        assertThat(losses(repeated.events())).containsExactlyElementsOf(losses(undisturbed.events()));
    }

    @Test
    void anUnpublishedReportsStateIsDropped() throws Exception {
        SliceTrainer trainer = trainer();
        SliceReport ignored = discard(trainer, Studies.jobs(run("r", 1, 6), 3).get(0), null, LEASE, SliceScene::goOn);
        assertThat(engine.open).hasValue(0);
        assertThat(resident.size()).isZero();
    }

    @Test
    void aWarmRunIsNotLoadedAgainButUnderAnotherLeaseItIs() throws Exception {
        RunSpec run = run("r", 1, 6);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 2).get(0), null, LEASE);
        CheckpointPointer second = train(trainer, Studies.jobs(run, 2).get(1), first, LEASE);
        assertThat(engine.loads).hasValue(1);
        train(trainer, Studies.jobs(run, 2).get(2), second, new Lease(0, 2));
        assertThat(engine.loads).hasValue(2);
        assertThat(engine.open).hasValue(1);
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndNoPointOfTheSliceIsTold() throws Exception {
        engine = new FakeEngine(5);
        RunSpec run = run("r", 1, 6);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 3).get(0), null, LEASE);
        SliceReport report = discard(trainer, Studies.jobs(run, 3).get(1), first, LEASE, SliceScene::goOn);
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
        SliceReport report =
                discard(trainer(), Studies.jobs(run("r", 1, 6), 6).get(0), null, LEASE, () -> Demand.GO_ON);
        assertThat(report.events()).hasSize(1);
        TrainingEvent.RunStateChanged change =
                (TrainingEvent.RunStateChanged) report.events().get(0);
        assertThat(change.state()).isEqualTo(RunState.DIVERGED);
        assertThat(change.reason())
                .contains("held-out loss NaN")
                .contains("step 6")
                .contains("0.001");
        assertThat(report.pointer().checkpoint()).isNull();
        assertThat(engine.open).hasValue(0);
    }

    @Test
    void aDamagedCheckpointIsRefusedAndTheStepsSinceTheOneBeforeAreDoneAgain() throws Exception {
        RunSpec run = run("r", 1, 9);
        SliceTrainer trainer = trainer();
        CheckpointPointer first = train(trainer, Studies.jobs(run, 3).get(0), null, LEASE);
        CheckpointPointer second = train(trainer, Studies.jobs(run, 3).get(1), first, LEASE);
        flip(folder.resolve(Objects.requireNonNull(second.checkpoint())));
        SliceReport report = discard(trainer, Studies.jobs(run, 3).get(2), second, new Lease(0, 2), SliceScene::goOn);
        assertThat(observer.observed)
                .anySatisfy(line -> assertThat(line).startsWith("refused: ").contains("checksum"));
        assertThat(report.events().getFirst())
                .isInstanceOfSatisfying(TrainingEvent.CheckpointRefused.class, refusal -> {
                    assertThat(refusal.checkpoint()).isEqualTo(second.checkpoint());
                    assertThat(refusal.reason()).contains("checksum");
                    assertThat(refusal.step()).isEqualTo(6);
                });
        assertThat(observer.observed).contains("restored at 3");
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
        CheckpointPointer first = train(trainer, Studies.jobs(run, 3).get(0), null, LEASE);
        SliceReport stopped = trainer.stop(Studies.jobs(run, 3).get(1), first, "enough");
        assertThat(stopped.pointer().state()).isEqualTo(RunState.STOPPED);
        assertThat(stopped.pointer().progress()).isEqualTo(first.progress());
        SliceReport resumed = discard(trainer, Studies.jobs(run, 3).get(1), stopped.pointer(), LEASE, SliceScene::goOn);
        assertThat(((TrainingEvent.RunStateChanged) resumed.events().get(0)).state())
                .isEqualTo(RunState.TRAINING);
    }

    @Test
    void theStateAtTheEndOfASliceThatEvaluationsWantStays() throws Exception {
        RunSpec run = run("r", 1, 8);
        SliceTrainer trainer = trainer();
        CheckpointPointer pointer = null;
        for (BatchJob job : Studies.jobs(run, 2)) {
            List<Double> marks = job.slice() == 0 ? List.of(25.0) : null;
            pointer = train(
                    trainer,
                    new BatchJob(run, job.slice(), job.fromRecord(), job.toRecord(), 1e6, marks),
                    pointer,
                    LEASE);
        }
        assertThat(store.names("r")).hasSize(3).last().asString().contains("000000000002.kept-");
        store.release("r", 2);
        assertThat(store.names("r")).hasSize(2);
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
}
