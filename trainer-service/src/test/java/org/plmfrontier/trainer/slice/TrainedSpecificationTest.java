package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.assignment.Stamp;

class TrainedSpecificationTest extends SliceScene {
    private final RunSpec run = run("r", 1, 6);
    private final RunSpec other =
            Studies.run("s", "r", Studies.SMALL, Studies.recipe(1).withSeed(99), run.corpus(), 6);

    @Test
    void aPointerOfAnOlderTrainerIsComparedByItsCheckpoint() throws Exception {
        CheckpointPointer pointer = train(trainer(), Studies.jobs(run, 3).getFirst(), null, LEASE);
        CheckpointPointer old = withSpecification(pointer, null);
        TrainedSpecification trained = new TrainedSpecification(store);
        assertThat(trained.contradiction(run, old)).isEmpty();
        assertThat(trained.contradiction(other, old))
                .contains("the job is of specification " + other.specification()
                        + ", run r was trained to record 3 under " + run.specification() + ": seed 99 instead of 7");
        assertThat(trained.contradiction(run, pointer)).isEmpty();
        assertThat(trained.contradiction(other, pointer)).isEqualTo(trained.contradiction(other, old));
    }

    @Test
    void aRunWithoutACheckpointIsComparedByItsPointerAlone() throws Exception {
        CheckpointPointer pointer = CheckpointPointer.untrained(run, RunState.STOPPED, new Stamp("t1", NOW));
        TrainedSpecification trained = new TrainedSpecification(store);
        assertThat(trained.contradiction(other, pointer)).get().asString().endsWith("under " + run.specification());
        assertThat(trained.contradiction(other, withSpecification(pointer, null)))
                .as("nothing is known")
                .isEmpty();
    }

    @Test
    void aStateThatAnotherSpecificationLeftUnderTheSameIdIsNotUsed() throws Exception {
        BatchJob first = Studies.jobs(run, 3).getFirst();
        CheckpointPointer pointer = train(trainer(), first, null, LEASE);
        CheckpointPointer claimed = withSpecification(pointer, other.specification());
        SliceReport report =
                discard(trainer(), Studies.jobs(other, 3).get(1), claimed, new Lease(0, 2), SliceScene::goOn);
        assertThat(observer.observed).contains("restored at 0").doesNotContain("restored at 3");
        assertThat(report.events())
                .filteredOn(TrainingEvent.CheckpointRefused.class::isInstance)
                .singleElement()
                .extracting(event -> ((TrainingEvent.CheckpointRefused) event).reason())
                .asString()
                .contains("of specification " + run.specification() + ", not of " + other.specification());
    }

    private static CheckpointPointer withSpecification(CheckpointPointer pointer, String specification) {
        return new CheckpointPointer(
                pointer.studyId(),
                pointer.runId(),
                pointer.slice(),
                pointer.state(),
                pointer.progress(),
                pointer.checkpoint(),
                pointer.trainer(),
                pointer.at(),
                pointer.openSlice(),
                specification);
    }
}
