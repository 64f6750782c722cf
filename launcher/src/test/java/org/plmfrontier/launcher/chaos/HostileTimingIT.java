package org.plmfrontier.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.launcher.endtoend.EventLog;
import org.plmfrontier.launcher.endtoend.StudyComparison;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.stack.FreePorts;

/** A trainer that stands still for longer than its session, and transactions that end too late or without an answer. */
@Tag("chaos")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTimingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Longer than the trainers' transactions may be open. */
    private static final Duration HELD = Duration.ofSeconds(14);

    private final int proxied = proxyPort();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path home;

    private Stage stage;
    private Crew crew;
    private TransactionProxy proxy;

    @BeforeAll
    void start() throws Exception {
        int behind = FreePorts.next();
        stage = Stage.start(home, (port, controller) -> listeners(port, controller, behind, proxied));
        proxy = TransactionProxy.start(proxied, behind);
        crew = new Crew(stage.suite(), stage.classes(), new Random(1), 1);
        crew.archiveClasses();
        crew.complete();
        stage.submit(stage.shortStudy("calm"));
        stage.driver().watch().follow("calm", view -> {});
    }

    @AfterAll
    void stop() throws IOException {
        crew.close();
        stage.close();
        proxy.close();
    }

    @Test
    void aTrainerFrozenForTwiceItsSessionIsFencedAndThereIsOneHistory() throws Exception {
        crew.resize(2);
        crew.complete();
        awaitReady(crew.alive());
        stage.submit(stage.shortStudy("frozen"));
        Trainer frozen = inTheMiddleOfASlice();
        frozen.stopInPlace();
        String before = log(frozen);
        await().pollDelay(Stage.SESSION.multipliedBy(2))
                .atMost(PATIENCE)
                .until(() -> ownsAllPartitions(newOwnerAfter(frozen)));
        frozen.goOn();
        assertEqualAtTheEnd("frozen");
        String after = log(frozen).substring(before.length());
        System.out.println("what the frozen trainer said:\n" + after);
        assertThat(after).as("it noticed that its partition was taken").contains("partitions revoked");
    }

    @Test
    void aTransactionThatEndsAfterItsTimeoutTearsNoSlice() throws Exception {
        withAProxiedTrainer("late", () -> {
            await().atMost(PATIENCE).until(() -> proxy.ends() > 2);
            proxy.hold();
            await().atMost(PATIENCE).until(proxy::isHolding);
            Instant release = Instant.now().plus(HELD);
            int looks = 0;
            while (Instant.now().isBefore(release)) {
                assertWholeSlices(stage.events(), "late");
                looks++;
            }
            System.out.println("a reader saw whole slices only, " + looks + " times in " + HELD.toSeconds() + " s");
            proxy.release();
        });
    }

    @Test
    void aTransactionWhoseAnswersAreLostIsPublishedOnce() throws Exception {
        withAProxiedTrainer("unanswered", () -> {
            await().atMost(PATIENCE).until(() -> proxy.ends() > 2);
            proxy.loseAnswers(5);
            await().atMost(PATIENCE).until(() -> proxy.answersToLose() == 0);
            assertWholeSlices(stage.events(), "unanswered");
        });
    }

    private void withAProxiedTrainer(String study, Act act) throws Exception {
        crew.resize(0);
        crew.alive().forEach(Trainer::kill);
        int before = proxy.ends();
        try (Trainer trainer = crew.hire("proxied-" + study, "127.0.0.1:" + proxied)) {
            awaitReady(List.of(trainer));
            stage.submit(stage.shortStudy(study));
            await().atMost(PATIENCE).until(() -> proxy.ends() > before);
            act.run();
            assertEqualAtTheEnd(study);
            trainer.kill();
        }
    }

    /** Without a hand-over a reader sees of a run either all of a slice or nothing. */
    private static void assertWholeSlices(EventLog log, String study) {
        for (TrainingEvent.RunPlanned run : log.runs(study)) {
            long told = log.steps(run.runId()).stream()
                    .mapToLong(StepCompleted::step)
                    .max()
                    .orElse(0);
            long whole = log.of(run.runId(), SliceCompleted.class)
                    .mapToLong(SliceCompleted::step)
                    .max()
                    .orElse(0);
            assertThat(told).as("last step of %s", run.runId()).isEqualTo(whole);
        }
    }

    private void assertEqualAtTheEnd(String study) throws Exception {
        StudyView over = stage.driver().watch().follow(study, view -> {});
        assertThat(over.runs()).allMatch(run -> run.state().equals("COMPLETED"));
        StudyComparison outcome =
                StudyComparison.of(stage.events(), "calm", study, stage.checkpoints(), stage.fitting());
        System.out.println(outcome);
        assertThat(outcome.isEqual()).as(outcome.toString()).isTrue();
    }

    private Trainer inTheMiddleOfASlice() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            for (Trainer trainer : crew.alive()) {
                                if (trainer.sliceSteps() >= 1) {
                                    return List.of(trainer);
                                }
                            }
                            return List.<Trainer>of();
                        },
                        found -> !found.isEmpty())
                .getFirst();
    }

    private Trainer newOwnerAfter(Trainer frozen) {
        return crew.alive().stream()
                .filter(other -> !other.name().equals(frozen.name()))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitReady(List<Trainer> trainers) {
        for (Trainer trainer : trainers) {
            await().atMost(PATIENCE).until(trainer::isReady);
        }
    }

    private static boolean ownsAllPartitions(Trainer trainer) throws IOException {
        return log(trainer)
                .lines()
                .filter(line -> line.contains("owned now"))
                .reduce((first, second) -> second)
                .filter(line -> line.substring(line.indexOf("owned now")).split("token-batch-jobs", -1).length == 5)
                .isPresent();
    }

    private static String log(Trainer trainer) throws IOException {
        return Files.readString(trainer.process().log());
    }

    /** A second listener that tells its clients the proxy's address. */
    private static Map<String, String> listeners(int port, int controller, int behind, int proxied) {
        String host = "://127.0.0.1:";
        return Map.of(
                "listeners",
                "PLAINTEXT" + host + port + ",PROXIED" + host + behind + ",CONTROLLER" + host + controller,
                "advertised.listeners",
                "PLAINTEXT" + host + port + ",PROXIED" + host + proxied,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    private static int proxyPort() {
        try {
            return FreePorts.next();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What is done while a study runs. */
    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }
}
