package org.plmfrontier.trainer.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.JobOrder;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.assignment.Stamp;
import org.plmfrontier.trainer.assignment.Verdict;

/** The topic of pointers is lost, the checkpoints are not. */
class KeptStatesTest extends SliceScene {
    private final RunSpec run = run("r", 1, 12);
    private final List<BatchJob> jobs = Studies.jobs(run, 3);

    @Test
    void aRunGoesOnFromItsLatestStateAsIfNothingHadBeenLost() throws Exception {
        List<TrainingEvent> undisturbed = new ArrayList<>();
        trainAll(trainer(), run("whole", 1, 12), 3, undisturbed);
        CheckpointPointer first = train(trainer(), jobs.get(0), null, LEASE);
        train(trainer(), jobs.get(1), first, LEASE);
        CheckpointPointer found =
                new KeptStates(store).pointer(jobs.get(2), new Stamp("t2", NOW)).orElseThrow();
        assertThat(found.progress().position()).isEqualTo(6);
        assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Skip.class);
        assertThat(JobOrder.judge(jobs.get(2), found, false)).isInstanceOf(Verdict.Train.class);
        SliceReport report = discard(trainer(), jobs.get(2), found, new Lease(0, 2), SliceScene::goOn);
        assertThat(losses(report.events())).isEqualTo(losses(undisturbed).subList(6, 9));
    }

    @Test
    void aStateInTheMiddleOfASliceIsGoneOnFromThere() throws Exception {
        CheckpointPointer first = train(trainer(), jobs.get(0), null, LEASE);
        SliceTrainer leaving = trainer();
        SliceReport part = publish(leaving, jobs.get(1), first, LEASE, handOverAfter(1));
        CheckpointPointer found =
                new KeptStates(store).pointer(jobs.get(1), new Stamp("t2", NOW)).orElseThrow();
        assertThat(found.progress().position()).isEqualTo(4);
        assertThat(found.isInside(jobs.get(1))).isTrue();
        assertThat(JobOrder.judge(jobs.get(1), found, false)).isInstanceOf(Verdict.Train.class);
    }

    @Test
    void aStateOfAnotherSpecificationIsNone() throws Exception {
        train(trainer(), jobs.get(0), null, LEASE);
        RunSpec other = Studies.run("s", "r", Studies.SMALL, Studies.recipe(1).withSeed(99), run.corpus(), 12);
        assertThat(new KeptStates(store).pointer(Studies.jobs(other, 3).get(1), new Stamp("t2", NOW)))
                .isEmpty();
        assertThat(new KeptStates(store)
                        .pointer(Studies.jobs(run("none", 1, 12), 3).get(1), new Stamp("t2", NOW)))
                .isEmpty();
    }
}
