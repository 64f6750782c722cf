package org.plmfrontier.trainer.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.slice.Studies;

class JobOrderTest {
    private static final List<TokenBatch> RECORDS = Studies.records("c", 2, 1, 20, 1);
    private static final RunSpec RUN =
            Studies.run("s", "r", Studies.SMALL, Studies.recipe(1), Studies.corpus("c", RECORDS, RECORDS), 9);
    private static final List<BatchJob> JOBS = Studies.jobs(RUN, 3);

    @Test
    void theFirstJobOfARunAndTheNextOneAreTrained() {
        assertThat(judge(0, null, false)).isInstanceOf(Verdict.Train.class);
        assertThat(judge(1, at(3, RunState.TRAINING), false)).isInstanceOf(Verdict.Train.class);
    }

    @Test
    void aRepeatIsSkipped() {
        assertThat(judge(0, at(3, RunState.TRAINING), false)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(2, at(9, RunState.COMPLETED), false)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(0, at(3, RunState.TRAINING), true)).isInstanceOf(Verdict.Skip.class);
    }

    @Test
    void aGapIsImpossible() {
        assertThat(judge(1, null, false))
                .isInstanceOfSatisfying(
                        Verdict.Impossible.class,
                        verdict -> assertThat(verdict.reason())
                                .contains("slice 1 of run r")
                                .contains("does not follow record 0"));
        assertThat(judge(2, at(3, RunState.TRAINING), false)).isInstanceOf(Verdict.Impossible.class);
    }

    @Test
    void anOverlapAndAJobBehindTheEndAreImpossible() {
        assertThat(JobOrder.judge(new BatchJob(RUN, 7, 2, 5, 1), at(3, RunState.TRAINING), false))
                .isInstanceOf(Verdict.Impossible.class);
        assertThat(JobOrder.judge(new BatchJob(RUN, 7, 9, 12, 1), at(9, RunState.COMPLETED), false))
                .isInstanceOf(Verdict.Impossible.class);
    }

    @Test
    void aCompletedRunGoesOnWithAFurtherBudgetAndOnlyFromWhereItEnded() {
        RunSpec longer = RUN.withBudgets(List.of(RUN.budgets().getLast(), new RunSpec.Budget(1e12, 15)), 2);
        assertThat(JobOrder.judge(new BatchJob(longer, 3, 9, 12, 1), at(9, RunState.COMPLETED), false))
                .isInstanceOf(Verdict.Train.class);
        assertThat(JobOrder.judge(new BatchJob(longer, 4, 12, 15, 1), at(9, RunState.COMPLETED), false))
                .isInstanceOf(Verdict.Impossible.class);
        assertThat(JobOrder.judge(new BatchJob(longer, 2, 6, 9, 1), at(9, RunState.COMPLETED), false))
                .isInstanceOf(Verdict.Skip.class);
        assertThat(JobOrder.judge(new BatchJob(longer, 3, 9, 12, 1), at(9, RunState.COMPLETED), true))
                .isInstanceOf(Verdict.Stop.class);
    }

    @Test
    void aStopIsSaidOnceAndWhatWasQueuedBehindItIsSkipped() {
        assertThat(judge(1, at(3, RunState.TRAINING), true)).isInstanceOf(Verdict.Stop.class);
        assertThat(judge(0, null, true)).isInstanceOf(Verdict.Stop.class);
        assertThat(judge(1, at(3, RunState.STOPPED), true)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(2, at(3, RunState.STOPPED), true)).isInstanceOf(Verdict.Skip.class);
    }

    @Test
    void afterAResumeOldJobsAreSkippedUntilTheNextOneComesAgain() {
        assertThat(judge(2, at(3, RunState.STOPPED), false)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(1, at(3, RunState.STOPPED), false)).isInstanceOf(Verdict.Train.class);
    }

    @Test
    void aDivergedRunIsOver() {
        assertThat(judge(1, at(3, RunState.DIVERGED), false)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(2, at(3, RunState.DIVERGED), false)).isInstanceOf(Verdict.Skip.class);
    }

    @Test
    void aJobOfWhichAPartIsPublishedIsTrainedOnUntilItIsDone() {
        assertThat(judge(1, inside(1, 4), false)).isInstanceOf(Verdict.Train.class);
        assertThat(judge(1, inside(1, 6), false))
                .as("its last evaluation is missing")
                .isInstanceOf(Verdict.Train.class);
        assertThat(judge(1, inside(1, 4), true)).isInstanceOf(Verdict.Stop.class);
        assertThat(judge(0, inside(1, 4), false)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(2, inside(1, 4), false)).isInstanceOf(Verdict.Impossible.class);
        assertThat(judge(2, inside(1, 6), false))
                .as("the job before it is not done")
                .isInstanceOf(Verdict.Impossible.class);
    }

    @Test
    void aRunThatWasStoppedInsideASliceGoesOnThereAfterAResume() {
        CheckpointPointer stopped = inside(1, 4).withState(RunState.STOPPED, new Stamp("t", Instant.EPOCH));
        assertThat(judge(1, stopped, true)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(2, stopped, false)).isInstanceOf(Verdict.Skip.class);
        assertThat(judge(1, stopped, false)).isInstanceOf(Verdict.Train.class);
    }

    private static CheckpointPointer inside(int slice, long position) {
        RunProgress progress = new RunProgress(position, position, position, 1, 1);
        return new CheckpointPointer(
                "s", "r", slice - 1, RunState.TRAINING, progress, "r/x", "t", Instant.EPOCH, slice, null);
    }

    private static Verdict judge(int job, @Nullable CheckpointPointer pointer, boolean stop) {
        return JobOrder.judge(JOBS.get(job), pointer, stop);
    }

    private static CheckpointPointer at(long position, RunState state) {
        RunProgress progress = new RunProgress(position, position, position, 1, 1);
        return new CheckpointPointer("s", "r", 0, state, progress, "r/x", "t", Instant.EPOCH, null, null);
    }
}
