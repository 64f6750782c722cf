package org.plmfrontier.fitting.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.publication.ProgressCursor;
import org.plmfrontier.fitting.publication.ProgressView;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

class ProgressTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String RUN = "s-0";

    private final PlantedStudy planted = PlantedStudy.ofMany("s", 4, 100, 1);
    private final Studies studies = new Studies(StepThinning.USUAL);
    private final AtomicLong now = new AtomicLong();
    private final Progress progress = new Progress(studies, new ProgressSettings(LIMIT, 64, 1_000), now::get);

    @BeforeEach
    void plan() {
        studies.add(planted.plans());
    }

    @Test
    void stepsAreThereUntilTheyAreCommitted() {
        progress.add(steps(7, 1, 2, 3, 4));
        assertThat(shown()).containsExactly(1L, 2L, 3L, 4L);
        commit(3);
        assertThat(shown()).containsExactly(4L);
        progress.sweep();
        assertThat(progress.points()).isEqualTo(1);
        progress.add(steps(7, 2, 3, 4, 5));
        assertThat(shown()).as("late ones of committed steps are not taken").containsExactly(4L, 5L);
    }

    @Test
    void aLaterOwnerTakesAllStepsOfAnEarlierOneBackAndThatOneIsNotBelievedAnyMore() {
        progress.add(steps(7, 1, 2, 3, 4));
        progress.add(steps(9, 1, 2));
        assertThat(shown()).containsExactly(1L, 2L);
        progress.add(steps(7, 5, 6));
        assertThat(shown()).containsExactly(1L, 2L);
        assertThat(progress.lateSteps()).isEqualTo(2);
        assertThat(progress.steps()).isEqualTo(6);
    }

    @Test
    void anEarlierOwnerIsNotBelievedEvenWhenEverythingOfTheLaterOneIsCommitted() {
        progress.add(steps(9, 1, 2));
        commit(2);
        progress.sweep();
        progress.add(steps(7, 3));
        assertThat(shown()).isEmpty();
    }

    @Test
    void aGroupThatWasMadeAnewAndCountsFromTheBeginningIsBelievedAfterTheLimit() {
        progress.add(steps(900, 1, 2));
        pass(LIMIT.plusSeconds(1));
        progress.add(steps(1, 1));
        assertThat(shown()).containsExactly(1L);
    }

    @Test
    void aSliceThatIsTriedAgainTakesItsStepsBack() {
        progress.add(steps(7, 1, 2, 3, 4));
        progress.add(steps(7, 2, 3));
        assertThat(shown()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void ageIsThatOfArrivalWhateverTheTrainersClockSays() {
        progress.add(new ProvisionalSteps("s", RUN, 0, 7, "t", List.of(step(1, Instant.EPOCH))));
        pass(Duration.ofMinutes(6));
        progress.add(new ProvisionalSteps(
                "s", RUN, 0, 7, "t", List.of(step(2, Instant.now().plusSeconds(86_400)))));
        progress.sweep();
        assertThat(shown()).containsExactly(1L, 2L);
        pass(Duration.ofMinutes(5));
        progress.sweep();
        assertThat(shown()).containsExactly(2L);
        pass(Duration.ofMinutes(6));
        progress.sweep();
        assertThat(shown()).isEmpty();
        assertThat(progress.points()).isZero();
    }

    @Test
    void ofARunThatDivergedOrWasStoppedNothingIsShownAndOfOneThatWasResumedEverything() {
        progress.add(steps(7, 1, 2));
        change(RunState.STOPPED, 1);
        assertThat(shown()).isEmpty();
        progress.add(steps(8, 1, 2, 3));
        assertThat(shown())
                .as("no event says that it trains again before its slice is committed")
                .hasSize(3);
        change(RunState.TRAINING, 2);
        assertThat(shown()).hasSize(3);
        change(RunState.DIVERGED, 3);
        assertThat(shown()).isEmpty();
        progress.add(steps(8, 4));
        assertThat(shown()).as("late ones").isEmpty();
    }

    @Test
    void memoryIsBoundedPerRunAndInAll() {
        for (int from = 1; from < 5_000; from += 5) {
            progress.add(steps("s", RUN, 7, LongStream.range(from, from + 5).toArray()));
            assertThat(shown()).hasSizeLessThanOrEqualTo(64).contains(from + 4L);
        }
        assertThat(shown().getFirst()).as("old ones are thinned, not cut off").isLessThan(500);
        assertThat(shown()).hasSizeGreaterThan(30);
        for (int run = 0; run < 500; run++) {
            progress.add(steps("unknown", "r" + run, 1, LongStream.range(1, 40).toArray()));
            assertThat(progress.points()).isLessThanOrEqualTo(1_000);
        }
        assertThat(shown())
                .as("the run that was silent longest lost its points")
                .isEmpty();
    }

    @Test
    void stepsOfRunsThatNobodyPlannedOrThatBelongToAnotherStudyAreNotShown() {
        progress.add(steps("other", RUN, 7, 1, 2));
        assertThat(shown()).isEmpty();
        progress.add(steps("s", "s-unplanned", 7, 1, 2));
        assertThat(new ProgressCursor().next(study(), progress)).isEmpty();
    }

    @Test
    void aReaderReceivesOnlyWhatIsNewAndIsToldWhatIsTakenBack() {
        ProgressCursor cursor = new ProgressCursor();
        progress.add(steps(7, 1, 2));
        assertThat(next(cursor)).containsExactly("whole s-0 [1, 2]");
        assertThat(next(cursor)).isEmpty();
        progress.add(steps(7, 3));
        assertThat(next(cursor)).containsExactly("further s-0 [3]");
        commit(3);
        progress.sweep();
        assertThat(next(cursor))
                .as("committed steps come as points of the curve")
                .isEmpty();
        progress.add(steps(7, 4, 5));
        assertThat(next(cursor)).containsExactly("further s-0 [4, 5]");
        progress.add(steps(9, 4));
        assertThat(next(cursor)).containsExactly("whole s-0 [4]");
        pass(LIMIT.plusSeconds(1));
        progress.sweep();
        assertThat(next(cursor)).containsExactly("whole s-0 []");
        assertThat(next(cursor)).isEmpty();
    }

    @Test
    void settingsThatKeepNothingAreRefused() {
        assertThatThrownBy(() -> new ProgressSettings(Duration.ZERO, 64, 1_000)).hasMessageContaining("limit");
        assertThatThrownBy(() -> new ProgressSettings(LIMIT, 64, 10)).hasMessageContaining("got 64 and 10");
    }

    private List<String> next(ProgressCursor cursor) {
        return cursor.next(study(), progress).stream()
                .map(view -> (view.whole() ? "whole " : "further ") + view.runId() + " "
                        + view.points().stream().map(ProgressView.Step::step).toList())
                .toList();
    }

    private List<Long> shown() {
        Run run = study().runs().get(RUN);
        return progress.of(run).stream()
                .flatMap(found -> found.points().stream())
                .map(ProvisionalPoint::step)
                .toList();
    }

    private Study study() {
        return studies.find("s").orElseThrow();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void commit(int step) {
        List<TrainingEvent> events = IntStream.rangeClosed(1, step)
                .<TrainingEvent>mapToObj(
                        one -> new StepCompleted("s", RUN, one, one, one, one, 3, 1e-3, 1, 1, Instant.EPOCH))
                .toList();
        assertThat(studies.add(events)).isEmpty();
    }

    private void change(RunState state, int second) {
        assertThat(studies.add(List.of(new RunStateChanged("s", RUN, state, 0, "", Instant.EPOCH.plusSeconds(second)))))
                .isEmpty();
    }

    private static ProvisionalSteps steps(int generation, long... steps) {
        return steps("s", RUN, generation, steps);
    }

    private static ProvisionalSteps steps(String study, String run, int generation, long... steps) {
        return new ProvisionalSteps(
                study,
                run,
                0,
                generation,
                "t",
                LongStream.of(steps).mapToObj(step -> step(step, Instant.EPOCH)).toList());
    }

    private static ProvisionalStep step(long step, Instant at) {
        return new ProvisionalStep(step, step, step, step, 3, 1e-3, 1, at);
    }
}
