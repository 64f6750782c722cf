package org.plmfrontier.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.launcher.endtoend.EventLog;
import org.plmfrontier.launcher.endtoend.StudyComparison;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.study.StudyView;

/** Studies one after another, each held against the first one, which nobody disturbs. */
final class Campaign {
    private static final String CALM = "calm";
    private static final Duration STANDSTILL = Duration.ofMinutes(4);
    /** A study that has not moved for so long is left alone until it does: else slow trainers never end a slice. */
    private static final Duration BREATH = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(300);
    /** A study is fitted every 30 seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(120);

    private final Stage stage;
    private final Crew crew;
    private final Injector injector;
    private final FaultTable table;
    private final Map<String, Long> lastSteps = new LinkedHashMap<>();
    private int number;

    /** What is done to a study again and again while it runs. */
    @FunctionalInterface
    interface Disturbance {
        /** Does one fault, or nothing for a while. */
        void next(String study, Map<String, Long> runs) throws IOException, InterruptedException;
    }

    Campaign(Stage stage, Crew crew, Injector injector, FaultTable table) {
        this.stage = stage;
        this.crew = crew;
        this.injector = injector;
        this.table = table;
    }

    /** Trains the study that the others are held against. */
    void undisturbed() throws Exception {
        stage.submit(stage.study(CALM));
        stage.driver().watch().follow(CALM, view -> {});
        EventLog log = stage.events();
        for (TrainingEvent.RunPlanned run : log.runs(CALM)) {
            lastSteps.put(run.run().name(), log.steps(run.runId()).getLast().step());
        }
        System.out.println("undisturbed: last steps " + lastSteps);
    }

    /** Trains one study more under faults, to its end, and compares. */
    void disturbed(Disturbance disturbance) throws Exception {
        String study = "chaos-" + ++number;
        stage.submit(stage.study(study));
        Map<String, Long> runs = runsOf(study);
        injector.follow(runs.keySet());
        double done = -1;
        Instant moved = Instant.now();
        StudyView view = look(study);
        while (!view.isOver()) {
            crew.complete();
            if (Duration.between(moved, Instant.now()).compareTo(BREATH) < 0) {
                disturbance.next(study, runs);
            } else {
                pause();
            }
            view = look(study);
            if (view.doneFlops() > done) {
                done = view.doneFlops();
                moved = Instant.now();
            }
            assertThat(Duration.between(moved, Instant.now()))
                    .as("%s stands still at %.0f %% of its FLOPs", study, 100 * view.progress())
                    .isLessThan(STANDSTILL);
        }
        StudyComparison outcome = StudyComparison.of(stage.events(), CALM, study, stage.checkpoints(), stage.fitting());
        table.outcome(outcome);
        System.out.println(outcome);
        requireServedIsThatOfTheLog(study);
    }

    /** The frontier of the study's last state is the one that is computed from the topic alone; the broker may be starting. */
    private void requireServedIsThatOfTheLog(String study) {
        String path = "/studies/" + study;
        await().atMost(SETTLED)
                .pollInterval(PAUSE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    assertThat(stage.fitting().get(path).get("fitIsCurrent").asBoolean())
                            .isTrue();
                    JsonNode served = stage.fitting().get(path + "/frontier");
                    String asOf = URLEncoder.encode(served.get("asOf").asText(), StandardCharsets.UTF_8);
                    assertThat(stage.fitting().computed(path + "/frontier?asOf=" + asOf))
                            .isEqualTo(served);
                });
        System.out.println(study + ": the served frontier is that of the log alone");
    }

    static void pause() throws InterruptedException {
        Thread.sleep(PAUSE);
    }

    /**
     * Counts what shows only afterwards: a state that was never committed although it has its name means that its trainer
     * was killed in between.
     *
     * @return damaged states that were noticed
     */
    long confirm() throws Exception {
        EventLog log = stage.events();
        Set<String> committed = log.events().stream()
                .filter(SliceCompleted.class::isInstance)
                .map(event -> ((SliceCompleted) event).checkpoint())
                .collect(Collectors.toSet());
        injector.statesBeforeKill().stream()
                .filter(name -> !committed.contains(name))
                .forEach(name -> table.hit(Fault.KILL_BEFORE_COMMIT));
        return log.events().stream()
                .filter(TrainingEvent.CheckpointRefused.class::isInstance)
                .count();
    }

    /** The fitting service may be waiting for the broker. */
    private StudyView look(String study) throws IOException, InterruptedException {
        try {
            return stage.driver().watch().view(study);
        } catch (RefusedException e) {
            System.out.println("fitting-service: " + e.getMessage());
            return new StudyView(study, List.of(), 0, 0, false);
        }
    }

    private Map<String, Long> runsOf(String study) throws IOException, InterruptedException {
        Map<String, Long> runs = new LinkedHashMap<>();
        stage.dataset()
                .get("/studies/" + study + "/runs")
                .forEach(run -> runs.put(
                        run.get("runId").asText(),
                        lastSteps.getOrDefault(run.get("name").asText(), 0L)));
        return runs;
    }
}
