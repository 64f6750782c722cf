package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobOrder;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.assignment.Verdict;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;

/** The topic of pointers is lost; events and checkpoints are not, or only the checkpoints. */
class LostPointerTest extends SliceScene {
    private final RunSpec run = run("r", 1, 6, 12);
    private final List<BatchJob> jobs = Studies.jobs(run, 3);
    private final List<TrainingEvent> log = new ArrayList<>();

    @Test
    void aRunGoesOnFromItsLatestStateAsIfNothingHadBeenLost() throws Exception {
        List<TrainingEvent> undisturbed = new ArrayList<>();
        trainAll(trainer(), run("whole", 1, 6, 12), 3, undisturbed);
        publish(jobs.get(1), publish(jobs.get(0), null));
        for (boolean eventsAreLost : List.of(true, false)) {
            CheckpointPointer found = found(jobs.get(2), eventsAreLost).orElseThrow();
            assertThat(found.progress().position()).isEqualTo(6);
            assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Skip.class);
            assertThat(JobOrder.judge(jobs.get(2), found, false)).isInstanceOf(Verdict.Train.class);
            SliceReport report = discard(trainer(), jobs.get(2), found, new Lease(0, 2), SliceScene::goOn);
            assertThat(losses(report.events())).isEqualTo(losses(undisturbed).subList(6, 9));
        }
    }

    @Test
    void aStateInTheMiddleOfASliceIsGoneOnFromThere() throws Exception {
        CheckpointPointer first = publish(jobs.get(0), null);
        handOver(jobs.get(1), first, handOverAfter(1));
        for (boolean eventsAreLost : List.of(true, false)) {
            CheckpointPointer found = found(jobs.get(1), eventsAreLost).orElseThrow();
            assertThat(found.progress().position()).isEqualTo(4);
            assertThat(found.isInside(jobs.get(1))).isTrue();
            assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Train.class);
        }
    }

    @Test
    void aStateInTheMiddleOfTheFirstSliceIsGoneOnFromThere() throws Exception {
        handOver(jobs.get(0), null, handOverAfter(1));
        CheckpointPointer found = found(jobs.get(0), false).orElseThrow();
        assertThat(found.progress().step()).isEqualTo(1);
        assertThat(found.slice()).isEqualTo(CheckpointPointer.NONE);
        assertThat(found.state()).isEqualTo(RunState.TRAINING);
        assertThat(JobOrder.judge(jobs.get(0), found, false)).isInstanceOf(Verdict.Train.class);
        assertThat(found(jobs.get(0), true))
                .as("a run without any events begins anew")
                .isEmpty();
    }

    @Test
    void aSliceThatLacksOnlyItsEvaluationIsEvaluatedAndCompleted() throws Exception {
        CheckpointPointer first = publish(jobs.get(0), null);
        int before = Math.toIntExact(engine.steps.get());
        handOver(jobs.get(1), first, () -> engine.steps.get() - before < 3 ? Demand.GO_ON : Demand.HAND_OVER);
        assertThat(steps(log)).hasSize(6);
        assertThat(log).noneMatch(HeldOutEvaluated.class::isInstance);
        for (boolean eventsAreLost : List.of(true, false)) {
            CheckpointPointer found = found(jobs.get(1), eventsAreLost).orElseThrow();
            assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Train.class);
            SliceReport report = discard(trainer(), jobs.get(1), found, new Lease(0, 2), SliceScene::goOn);
            assertThat(steps(report.events())).isEmpty();
            assertThat(report.events()).hasAtLeastOneElementOfType(HeldOutEvaluated.class);
            assertThat(report.events()).hasAtLeastOneElementOfType(SliceCompleted.class);
        }
    }

    @Test
    void aStateWhoseSliceWasNeverPublishedIsNotTaken() throws Exception {
        CheckpointPointer first = publish(jobs.get(0), null);
        discard(trainer(), jobs.get(1), first, new Lease(0, 3), SliceScene::goOn);
        assertThat(store.names(run.runId())).hasSize(2);
        CheckpointPointer found = found(jobs.get(1), false).orElseThrow();
        assertThat(found.progress().step()).isEqualTo(3);
        assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Train.class);
    }

    @Test
    void aStoppedRunIsStoppedStill() throws Exception {
        CheckpointPointer first = publish(jobs.get(0), null);
        log.addAll(trainer().stop(jobs.get(1), first, "asked for").events());
        CheckpointPointer found = found(jobs.get(1), false).orElseThrow();
        assertThat(found.state()).isEqualTo(RunState.STOPPED);
        SliceReport report = discard(trainer(), jobs.get(1), found, new Lease(0, 2), SliceScene::goOn);
        assertThat(report.events().getFirst())
                .as("resumed")
                .isInstanceOfSatisfying(
                        TrainingEvent.RunStateChanged.class,
                        change -> assertThat(change.state()).isEqualTo(RunState.TRAINING));
    }

    @Test
    void stepsWhoseStatesAreLostAreDoneAgainAndNotPublishedAgain() throws Exception {
        List<TrainingEvent> undisturbed = new ArrayList<>();
        trainAll(trainer(), run("whole", 1, 6, 12), 3, undisturbed);
        CheckpointPointer first = publish(jobs.get(0), null);
        publish(jobs.get(1), first);
        for (String name : store.names(run.runId())) {
            Files.delete(folder.resolve(name));
        }
        assertThat(store.names(run.runId())).isEmpty();
        CheckpointPointer found = found(jobs.get(2), false).orElseThrow();
        assertThat(found.progress().position()).isEqualTo(6);
        SliceReport report = discard(trainer(), jobs.get(2), found, new Lease(0, 2), SliceScene::goOn);
        assertThat(losses(report.events())).isEqualTo(losses(undisturbed).subList(6, 9));
    }

    @Test
    void whatWasTrainedUnderAnotherSpecificationIsSaid() throws Exception {
        publish(jobs.get(0), null);
        RunSpec other = Studies.run("s", "r", Studies.SMALL, Studies.recipe(1).withSeed(99), run.corpus(), 12);
        BatchJob next = Studies.jobs(other, 3).get(1);
        assertThat(trainer().contradiction(next, found(next, false).orElseThrow()))
                .get()
                .asString()
                .endsWith(": seed 99 instead of 7");
        assertThat(found(next, true)).isEmpty();
        assertThat(found(Studies.jobs(run("none", 1, 12), 3).get(1), true)).isEmpty();
    }

    @Test
    void aRunThatWasStoppedBeforeItsFirstStepIsStoppedStill() throws Exception {
        log.addAll(trainer().stop(jobs.get(0), null, "asked for").events());
        CheckpointPointer found = found(jobs.get(1), false).orElseThrow();
        assertThat(found.progress().step()).isZero();
        assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Skip.class);
    }

    @Test
    void theLogIsNotReadForARunWithoutStates() throws Exception {
        LostPointer.Log unread = () -> {
            throw new AssertionError("the log is long");
        };
        assertThat(new LostPointer(store).find(jobs.get(0), unread, new Stamp("t2", NOW)))
                .isEmpty();
    }

    private CheckpointPointer publish(BatchJob job, CheckpointPointer pointer) throws Exception {
        SliceReport report = publish(trainer(), job, pointer, LEASE, SliceScene::goOn);
        log.addAll(report.events());
        return report.pointer();
    }

    private void handOver(BatchJob job, CheckpointPointer pointer, SliceWatch watch) throws Exception {
        log.addAll(publish(trainer(), job, pointer, LEASE, watch).events());
    }

    private Optional<CheckpointPointer> found(BatchJob job, boolean eventsAreLost) throws Exception {
        PublishedRun published = PublishedRun.NOTHING;
        for (TrainingEvent event : eventsAreLost ? List.<TrainingEvent>of() : log) {
            published = published.after(event);
        }
        PublishedRun said = published;
        return new LostPointer(store).find(job, () -> said, new Stamp("t2", NOW));
    }
}
