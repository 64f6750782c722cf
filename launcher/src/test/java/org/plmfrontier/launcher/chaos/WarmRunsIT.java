package org.plmfrontier.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.launcher.endtoend.EventLog;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyView;

/** One trainer, then four, then two: runs go where there is room, and those that need not move stay where they are warm. */
@Tag("chaos")
class WarmRunsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String STUDY = "moved";
    /** From one to four: three of four partitions, at most four while they come one by one; from four to two: two or three. */
    private static final int MOST_MOVES = 7;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void trainersComeAndGoAndOnlyTheRunsThatMustMoveDo() throws Exception {
        try (Stage stage = Stage.start(home);
                Crew crew = new Crew(stage.suite(), stage.classes(), new Random(1), 1)) {
            crew.archiveClasses();
            crew.complete();
            stage.submit(study());
            await().atMost(PATIENCE).until(() -> slices(stage.events()).size() >= 4);

            crew.resize(4);
            crew.complete();
            await().atMost(PATIENCE).until(() -> trainers(stage.events()).size() == 4);

            crew.resize(2);
            double stepsOfLeavers = 0;
            for (Trainer leaving : crew.alive().subList(0, 2)) {
                stepsOfLeavers += leaving.steps();
                leaving.process().askToLeave();
                assertThat(leaving.process().awaitExit())
                        .as("%s leaves in order", leaving)
                        .isZero();
            }
            StudyView over = stage.driver().watch().follow(STUDY, view -> {});

            double trained = stepsOfLeavers;
            for (Trainer stayed : crew.alive()) {
                trained += stayed.steps();
            }
            assertThat(over.runs()).allMatch(run -> run.state().equals("COMPLETED"));
            report(stage.events(), trained);
        }
    }

    private static void report(EventLog log, double trained) {
        int consecutive = 0;
        int moves = 0;
        long longest = 0;
        Map<String, SliceCompleted> last = new HashMap<>();
        for (SliceCompleted slice : slices(log)) {
            SliceCompleted before = last.put(slice.runId(), slice);
            longest = Math.max(longest, slice.step() - (before == null ? 0 : before.step()));
            if (before != null) {
                consecutive++;
                moves += before.trainer().equals(slice.trainer()) ? 0 : 1;
            }
        }
        long published = log.runs(STUDY).stream()
                .mapToLong(run -> log.steps(run.runId()).size())
                .sum();
        System.out.printf(
                "1 -> 4 -> 2 trainers: %d of %d slices (%.1f %%) continued a run where it was warm, %d moved;"
                        + " at least %.0f steps trained for %d published, slices of at most %d steps%n",
                consecutive - moves,
                consecutive,
                100.0 * (consecutive - moves) / consecutive,
                moves,
                trained,
                published,
                longest);
        assertThat(moves).as("runs that changed their trainer").isBetween(3, MOST_MOVES);
        assertThat(trained - published).as("steps trained again").isLessThanOrEqualTo(moves * (double) longest);
    }

    /** One run per partition, long enough for trainers to start meanwhile. */
    private static DemoStudy study() {
        return new DemoStudy(
                STUDY,
                List.of(
                        ModelShape.esm2(2, 64, 4),
                        ModelShape.esm2(2, 72, 4),
                        ModelShape.esm2(2, 80, 5),
                        ModelShape.esm2(2, 96, 6)),
                DemoStudy.Budgets.tokens(List.of(7e5)),
                new DemoStudy.Rate(4e-3, 2e4),
                new DemoStudy.Proteins(128, 2048, 60),
                List.of(1L));
    }

    private static List<SliceCompleted> slices(EventLog log) {
        return log.runs(STUDY).stream()
                .flatMap(run -> log.of(run.runId(), SliceCompleted.class))
                .toList();
    }

    private static Set<String> trainers(EventLog log) {
        Set<String> names = new HashSet<>();
        slices(log).stream().map(TrainingEvent.SliceCompleted::trainer).forEach(names::add);
        return names;
    }
}
