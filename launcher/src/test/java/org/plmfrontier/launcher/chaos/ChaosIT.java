package org.plmfrontier.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.launcher.endtoend.EventLog;
import org.plmfrontier.launcher.endtoend.StudyComparison;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.study.StudyView;

/**
 * Studies over the real broker, database and processes under faults drawn from a seed: every step once, in order, equal to
 * the bit to an undisturbed study, and stored once.
 *
 * <p>{@code -Dchaos.seed}; {@code -Dchaos.kills}: SIGKILLs of trainers after which nothing more is done; {@code
 * -Dchaos.faults}: names of {@link Fault}, comma-separated, in the place of all; {@code -Dchaos.most}: the most faults.
 */
@Tag("chaos")
class ChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int KILLS = Integer.getInteger("chaos.kills", 200);
    private static final int MOST = Integer.getInteger("chaos.most", Integer.MAX_VALUE);
    private static final Set<Fault> KINDS = Fault.named(System.getProperty("chaos.faults", ""));
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int TRAINERS = 3;
    private static final Duration STANDSTILL = Duration.ofMinutes(4);
    private static final Path REPORT = Path.of(System.getProperty("frontier.root"), "launcher/target/chaos-report.md");

    private final Random random = new Random(SEED);
    private final FaultTable table = new FaultTable();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void everyStepOnceAndEqualToTheBitWhateverIsKilled() throws Exception {
        System.out.println("chaos.seed=" + SEED + " chaos.kills=" + KILLS + ", data and logs in " + home);
        Instant began = Instant.now();
        try (Stage stage = Stage.start(home);
                Crew crew = new Crew(stage.suite(), stage.classes(), random, 2)) {
            crew.archiveClasses();
            crew.complete();
            stage.submit(stage.study("calm"));
            stage.driver().follow("calm", view -> {});
            Map<String, Long> steps = finalSteps(stage.events(), "calm");
            System.out.println("undisturbed: " + steps + " after " + Duration.between(began, Instant.now()).toSeconds() + " s");

            crew.resize(TRAINERS);
            try (Injector injector =
                    new Injector(crew, stage.broker(), stage.checkpoints(), Stage.SESSION, random, table)) {
                for (int number = 1; goesOn(); number++) {
                    disturb(stage, crew, injector, "chaos-" + number, steps);
                }
                confirm(stage.events(), injector);
                String title = "Faults of seed %d, %d s".formatted(SEED, Duration.between(began, Instant.now()).toSeconds());
                Files.writeString(REPORT, table.markdown(title));
                System.out.println(Files.readString(REPORT));
                assertThat(injector.disorder()).isEmpty();
            }
        }
        assertThat(table.outcomes()).allMatch(StudyComparison::isEqual);
    }

    private boolean goesOn() {
        return table.kills() < KILLS && table.faults() < MOST;
    }

    private void disturb(Stage stage, Crew crew, Injector injector, String study, Map<String, Long> steps)
            throws Exception {
        stage.submit(stage.study(study));
        Map<String, Long> runs = runsOf(stage, study, steps);
        injector.follow(runs.keySet());
        double done = -1;
        Instant moved = Instant.now();
        StudyView view = null;
        while (view == null || !view.isOver()) {
            crew.complete();
            if (goesOn()) {
                injector.inject(Fault.draw(random, KINDS), study, runs);
            } else {
                Thread.sleep(PAUSE);
            }
            view = look(stage, study);
            if (view.doneFlops() > done) {
                done = view.doneFlops();
                moved = Instant.now();
            }
            assertThat(Duration.between(moved, Instant.now()))
                    .as("%s stands still at %.0f %% of its FLOPs, logs in %s", study, 100 * view.progress(), home)
                    .isLessThan(STANDSTILL);
        }
        StudyComparison outcome =
                StudyComparison.of(stage.events(), "calm", study, stage.checkpoints(), stage.fitting());
        table.outcome(outcome);
        Files.writeString(REPORT, table.markdown("Faults of seed " + SEED + ", not over yet"));
        System.out.println(outcome);
    }

    /** The fitting service may be waiting for the broker. */
    private static StudyView look(Stage stage, String study) throws IOException, InterruptedException {
        try {
            return stage.driver().view(study);
        } catch (RefusedException e) {
            System.out.println("fitting-service: " + e.getMessage());
            return new StudyView(study, java.util.List.of(), 0, 0, false);
        }
    }

    /** Last step of each run by its name. */
    private static Map<String, Long> finalSteps(EventLog log, String study) {
        Map<String, Long> steps = new LinkedHashMap<>();
        for (TrainingEvent.RunPlanned run : log.runs(study)) {
            steps.put(run.run().name(), log.steps(run.runId()).getLast().step());
        }
        return steps;
    }

    private static Map<String, Long> runsOf(Stage stage, String study, Map<String, Long> steps)
            throws IOException, InterruptedException {
        Map<String, Long> runs = new LinkedHashMap<>();
        stage.dataset()
                .get("/studies/" + study + "/runs")
                .forEach(run -> runs.put(
                        run.get("runId").asText(), steps.getOrDefault(run.get("name").asText(), 0L)));
        return runs;
    }

    /** A state that was never committed although it has its name: its trainer was killed in between. */
    private void confirm(EventLog log, Injector injector) {
        Set<String> committed = log.events().stream()
                .filter(SliceCompleted.class::isInstance)
                .map(event -> ((SliceCompleted) event).checkpoint())
                .collect(Collectors.toCollection(HashSet::new));
        injector.statesBeforeKill().stream()
                .filter(name -> !committed.contains(name))
                .forEach(name -> table.hit(Fault.KILL_BEFORE_COMMIT));
        long refused = log.events().stream()
                .filter(TrainingEvent.CheckpointRefused.class::isInstance)
                .count();
        System.out.println(refused + " damaged states were refused");
    }
}
