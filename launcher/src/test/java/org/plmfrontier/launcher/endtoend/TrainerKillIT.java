package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.suite.Ports;
import org.plmfrontier.launcher.suite.ServiceProcess;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;

/**
 * Real studies over the real broker, database and processes: exactly once, and bit-equal, after a SIGKILL and after a
 * SIGTERM in the middle of a slice, and where the larger budgets were asked for after the smaller ones were done.
 */
class TrainerKillIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Path PROTEINS = ROOT.resolve("launcher/demo/proteins.fasta.gz");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<Double> BUDGETS = List.of(6e4, 2.4e5);

    @TempDir
    Path home;

    @Test
    void killedLeftAndExtendedStudiesEqualTheUndisturbedBitForBit() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        SuiteOptions options = new SuiteOptions(ROOT, home.resolve("home"), Ports.free(), 2, 2, SuiteOptions.SMALL_JVM);
        try (Suite suite = Suite.start(options, said::add);
                RestClient dataset = new RestClient(suite.datasetAddress());
                RestClient fitting = new RestClient(suite.fittingAddress())) {
            StudyDriver driver = new StudyDriver(dataset, fitting);
            String corpus = driver.corpus(study("undisturbed"), PROTEINS, look -> {})
                    .get("id")
                    .asText();

            driver.submit(study("undisturbed"), corpus);
            StudyView undisturbed = driver.watch().follow("undisturbed", view -> suite.requireAlive());
            assertThat(trainersOf(EventLog.read(suite.bootstrapServers()), "undisturbed"))
                    .as("two trainers share the study")
                    .hasSize(2);

            driver.submit(study("disturbed"), corpus);
            ServiceProcess victim = trainerInTheMiddleOfASlice(suite);
            victim.handle().destroyForcibly();
            System.out.println("killed " + victim.name());
            suite.startTrainer();
            StudyView killed = driver.watch().follow("disturbed", view -> suite.requireAlive());

            driver.submit(study("left"), corpus);
            ServiceProcess leaver = trainerInTheMiddleOfASlice(suite);
            leaver.askToLeave();
            assertThat(leaver.awaitExit())
                    .as("exit status after SIGTERM, the end of its log:\n%s", leaver.lastLines(8))
                    .isZero();
            boolean inTheMiddle = Files.readString(leaver.log()).contains("handed over");
            System.out.println(leaver.name() + (inTheMiddle ? " handed its slice over" : " left between two slices"));
            StudyView left = driver.watch().follow("left", view -> suite.requireAlive());
            assertThat(said)
                    .filteredOn(line -> line.startsWith(victim.name() + " ended with status 137"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("its runs go on at "));
            assertThat(said).anyMatch(line -> line.startsWith(leaver.name() + " ended with status 0"));
            for (ServiceProcess trainer : suite.services()) {
                assertThat(Files.readString(trainer.log()))
                        .as("lines of stack traces in the log of %s", trainer.name())
                        .doesNotContain("\n\tat ");
            }

            driver.submit(study("grown", BUDGETS.subList(0, 1)), corpus);
            StudyView small = driver.watch().follow("grown", view -> {});
            assertThat(small.doneFlops()).isLessThan(undisturbed.doneFlops());
            dataset.post("/studies/grown/extend", Map.of("tokenBudgets", BUDGETS));
            await().atMost(LIMIT).until(() -> driver.watch().view("grown").doneFlops() == undisturbed.doneFlops());
            StudyView grown = driver.watch().follow("grown", view -> {});

            EventLog log = EventLog.read(suite.bootstrapServers());
            for (StudyView disturbed : List.of(killed, left)) {
                StudyComparison outcome = comparison(log, disturbed, fitting);
                assertThat(outcome.isEqual()).as(outcome.toString()).isTrue();
            }
            StudyComparison outcome = comparison(log, grown, fitting);
            assertThat(outcome.lost() + outcome.doubled()).isZero();
            assertThat(outcome.different())
                    .as("it is cut into other slices and completed twice; its steps, evaluations and weights are equal")
                    .allMatch(what -> what.startsWith("slices of ") || what.startsWith("completions of "));
            assertFrontierOrReason(fitting);
            assertRefusals(dataset, corpus);

            suite.close();
            suite.requireAlive();
            assertThat(said)
                    .as("what the suite ends itself is no trainer that left")
                    .filteredOn(line -> line.contains(" ended with status "))
                    .hasSize(2);
        }
    }

    private StudyComparison comparison(EventLog log, StudyView disturbed, RestClient fitting)
            throws IOException, InterruptedException {
        return StudyComparison.of(log, "undisturbed", disturbed.id(), home.resolve("home/data/checkpoints"), fitting);
    }

    private static DemoStudy study(String id) {
        return study(id, BUDGETS);
    }

    /** Shapes whose slices take seconds, so that a kill falls into one. */
    private static DemoStudy study(String id, List<Double> budgets) {
        return new DemoStudy(
                id,
                List.of(ModelShape.esm2(2, 32, 2), ModelShape.esm2(2, 64, 4), ModelShape.esm2(2, 48, 3)),
                DemoStudy.Budgets.tokens(budgets),
                new DemoStudy.Rate(4e-3, 2e4),
                new DemoStudy.Proteins(128, 2048, 60),
                List.of(1L));
    }

    private static ServiceProcess trainerInTheMiddleOfASlice(Suite suite) {
        AtomicReference<@Nullable ServiceProcess> found = new AtomicReference<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            for (ServiceProcess trainer : suite.services()) {
                if (trainer.name().startsWith("trainer") && trainer.isAlive() && inTheMiddle(trainer)) {
                    found.set(trainer);
                    return true;
                }
            }
            return false;
        });
        return Objects.requireNonNull(found.get());
    }

    /** Early enough that the signal arrives before the slice's last step. */
    private static boolean inTheMiddle(ServiceProcess trainer) throws Exception {
        double step = stepOfRunningSlice(trainer);
        return step >= 2 && step <= 4;
    }

    /** Steps that the trainer has done of its present slice, none of them published. */
    private static double stepOfRunningSlice(ServiceProcess trainer) throws Exception {
        try (RestClient client = new RestClient("http://127.0.0.1:" + trainer.port())) {
            return client.text("/q/metrics", "text/plain")
                    .lines()
                    .filter(line -> line.startsWith("trainer_slice_steps"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .max()
                    .orElseThrow();
        }
    }

    private static List<String> trainersOf(EventLog log, String study) {
        return log.runs(study).stream()
                .flatMap(run -> log.of(run.runId(), TrainingEvent.SliceCompleted.class))
                .map(TrainingEvent.SliceCompleted::trainer)
                .distinct()
                .toList();
    }

    private static void assertFrontierOrReason(RestClient fitting) throws Exception {
        JsonNode frontier = fitting.get("/studies/disturbed/frontier");
        assertThat(frontier.hasNonNull("a") || frontier.hasNonNull("reason"))
                .as(frontier.toString())
                .isTrue();
    }

    private static void assertRefusals(RestClient dataset, String corpus) {
        Map<String, Object> spec = new HashMap<>(study("refused").studyRequest(corpus));
        spec.put("tokenBudgets", List.of(10));
        assertThatThrownBy(() -> dataset.post("/studies", spec))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("tokenBudgets");
    }
}
