package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.SliceWatch.Demand;

/** A device that owes the numbers of its steps while it is given the next one, against one that answers at once. */
class LateNumbersTest extends SliceScene {
    @Test
    void aDeviceIsGivenTheNextStepBeforeTheNumbersOfTheLastAreRead() throws Exception {
        List<TrainingEvent> late = new ArrayList<>();
        engine.answerLate();
        trainAll(trainer(), run("r", 1, 6, 12), 5, late);
        assertThat(engine.mostUnread).hasValue(2);
        engine = new FakeEngine();
        List<TrainingEvent> atOnce = new ArrayList<>();
        trainAll(trainer(), run("r", 1, 6, 12), 5, atOnce);
        assertThat(engine.mostUnread).hasValue(0);
        assertThat(late)
                .usingRecursiveComparison()
                .ignoringFields("tokensPerSecond")
                .isEqualTo(atOnce);
    }

    @Test
    void aBrokenStepEndsTheRunAtTheSamePlaceAndTheStepBehindItCountsForNothing() throws Exception {
        for (int brokenStep = 1; brokenStep <= 6; brokenStep++) {
            SliceReport late = report(brokenStep, true);
            SliceReport atOnce = report(brokenStep, false);
            assertThat(late.events()).isEqualTo(atOnce.events());
            assertThat(late.pointer()).isEqualTo(atOnce.pointer());
            assertThat(engine.open).hasValue(0);
        }
    }

    @Test
    void stepsThatAreHandedOverAreAllRead() throws Exception {
        engine.answerLate();
        RunSpec run = run("r", 1, 12);
        BatchJob job = Studies.jobs(run, 12).get(0);
        SliceReport report = publish(trainer(), job, null, LEASE, handOverAfter(4));
        assertThat(steps(report.events())).hasSize(4);
        assertThat(report.pointer().progress().step()).isEqualTo(4);
    }

    @Test
    void aModelThatIsRestoredToAPlaceBehindItsStateStandsThere() throws Exception {
        RunSpec run = run("r", 1, 12);
        List<BatchJob> jobs = Studies.jobs(run, 4);
        SliceTrainer first = trainer();
        CheckpointPointer pointer = train(first, jobs.get(0), null, LEASE);
        CheckpointPointer second = train(first, jobs.get(1), pointer, LEASE);
        flip(folder.resolve(java.util.Objects.requireNonNull(second.checkpoint())));
        double expected = losses(publish(first, jobs.get(2), second, LEASE, SliceScene::goOn)
                        .events())
                .getFirst();
        engine.answerLate();
        SliceReport report = publish(trainer(), jobs.get(2), second, new Lease(0, 2), SliceScene::goOn);
        assertThat(losses(report.events()).getFirst()).isEqualTo(expected);
    }

    @Test
    void anAbandonedSliceLeavesNothingOpen() {
        engine.answerLate();
        BatchJob job = Studies.jobs(run("r", 1, 6), 6).get(0);
        assertThatThrownBy(() -> discard(
                        trainer(), job, null, LEASE, () -> engine.steps.get() > 2 ? Demand.ABANDON : Demand.GO_ON))
                .isInstanceOf(SliceAbandonedException.class);
        assertThat(engine.open).hasValue(0);
    }

    private SliceReport report(int brokenStep, boolean late) throws Exception {
        engine = new FakeEngine(brokenStep);
        if (late) {
            engine.answerLate();
        }
        BatchJob job = Studies.jobs(run("r" + brokenStep, 1, 6), 6).get(0);
        return discard(trainer(), job, null, LEASE, SliceScene::goOn);
    }
}
