package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;

/** Slices that end in their middle, and states that are kept or cannot be. */
class SliceHandOverTest extends SliceScene {
    @Test
    void aSliceThatIsHandedOverIsContinuedByAnotherTrainerAsIfNothingHadHappened() throws Exception {
        RunSpec run = run("r", 1, 9);
        List<TrainingEvent> undisturbed = new ArrayList<>();
        trainAll(trainer(), run, 9, undisturbed);
        for (int stepsDone = 1; stepsDone < 9; stepsDone++) {
            RunSpec again = run("r" + stepsDone, 1, 9);
            BatchJob job = Studies.jobs(again, 9).get(0);
            SliceTrainer leaving = trainer();
            SliceReport part = publish(leaving, job, null, LEASE, handOverAfter(stepsDone));
            assertThat(part.jobDone()).isFalse();
            assertThat(part.pointer().isInside(job)).isTrue();
            assertThat(part.pointer().slice()).isEqualTo(-1);
            assertThat(steps(part.events())).hasSize(stepsDone);
            SliceReport rest = discard(trainer(), job, part.pointer(), new Lease(0, 2), SliceScene::goOn);
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
    void anInterruptedEvaluationIsMadeByTheNewOwnerAndPublishedOnce() throws Exception {
        for (long budgetEnd : new long[] {3, 6}) {
            RunSpec run = budgetEnd == 6 ? run("e6", 1, 6) : run("e3", 1, 3, 6);
            BatchJob job = Studies.jobs(run, 6).get(0);
            SliceTrainer leaving = trainer();
            SliceReport part = publish(
                    leaving, job, null, LEASE, () -> engine.evaluations.get() > 0 ? Demand.HAND_OVER : Demand.GO_ON);
            assertThat(part.pointer().progress().position()).isEqualTo(budgetEnd);
            assertThat(part.events()).noneMatch(TrainingEvent.HeldOutEvaluated.class::isInstance);
            engine = new FakeEngine();
            SliceReport rest = discard(trainer(), job, part.pointer(), new Lease(0, 2), SliceScene::goOn);
            assertThat(rest.events().stream().filter(TrainingEvent.HeldOutEvaluated.class::isInstance))
                    .hasSize(run.budgets().size());
            engine = new FakeEngine();
        }
    }

    @Test
    void anEvaluationOfTheNewOwnerThatIsNoNumberEndsTheRun() throws Exception {
        RunSpec run = run("r", 1, 3, 6);
        BatchJob job = Studies.jobs(run, 6).get(0);
        SliceTrainer leaving = trainer();
        SliceReport part = publish(
                leaving, job, null, LEASE, () -> engine.evaluations.get() > 0 ? Demand.HAND_OVER : Demand.GO_ON);
        engine = new FakeEngine();
        engine.evaluateToNothing();
        SliceReport rest = discard(trainer(), job, part.pointer(), new Lease(0, 2), SliceScene::goOn);
        assertThat(rest.events())
                .singleElement()
                .isInstanceOfSatisfying(TrainingEvent.RunStateChanged.class, change -> {
                    assertThat(change.state()).isEqualTo(RunState.DIVERGED);
                    assertThat(change.reason()).contains("held-out loss NaN at step 3");
                });
        assertThat(rest.pointer().state()).isEqualTo(RunState.DIVERGED);
    }

    @Test
    void aSliceOfWhichNothingIsDoneIsNotHandedOver() {
        BatchJob job = Studies.jobs(run("r", 1, 6), 6).get(0);
        assertThatThrownBy(() -> discard(trainer(), job, null, LEASE, () -> Demand.HAND_OVER))
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
        SliceReport report = discard(trainer(), Studies.jobs(run, 3).get(0), null, LEASE, watch);
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
}
