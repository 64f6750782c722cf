package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.launcher.repair.Repair;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.suite.Suite;

/**
 * The packaged services, started again on every kind of state they keep, and on a database and topics that lost some of it:
 * what is finished stays as it was to the letter, what is open goes on, what is lost is told and mended.
 */
class RestartIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Path PROTEINS = ROOT.resolve("launcher/demo/proteins.fasta.gz");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** States of the study that is finished: two runs with two budgets each. */
    private static final int EVALUATED = 4;
    /** States of the study with an evaluation every 30 % of its runs: three within each beside the budgets' ends. */
    private static final int EVALUATED_WITHIN = 10;

    @TempDir
    Path folder;

    @Test
    void everyStateSurvivesRestartsAndLossesAreToldAndMended() throws Exception {
        Map<String, String> before = new TreeMap<>();
        try (SlowSource slow = new SlowSource(PROTEINS)) {
            inSuite(1, (suite, dataset, fitting) -> {
                StudyDriver driver = new StudyDriver(dataset, fitting);
                makeEveryState(suite, dataset, fitting, driver, slow);
                await().atMost(LIMIT).until(() -> driver.watch().view("open").progress() > 0.2);
                await().atMost(LIMIT).until(() -> checkpoints("gone-").isEmpty());
                before.putAll(answers(dataset, fitting, slow.corpus()));
            });
            slow.release();
            inSuite(0, (suite, dataset, fitting) -> {
                assertThat(answers(dataset, fitting, slow.corpus())).isEqualTo(before);
                await().atMost(LIMIT)
                        .until(() ->
                                stateOf(dataset, "/corpora/" + slow.corpus()).equals("READY"));
                loseStudyAndTopics(suite);
            });
            inSuite(1, (suite, dataset, fitting) -> {
                Map<String, String> after = answers(dataset, fitting, slow.corpus());
                after.keySet().removeIf(path -> path.startsWith("dataset /studies"));
                Map<String, String> kept = new TreeMap<>(before);
                kept.keySet().removeIf(path -> path.startsWith("dataset /studies"));
                assertThat(after).isEqualTo(kept);
                lostStudyIsFoundAgain(dataset);
                lostJobsArePublishedAgain(suite, dataset, fitting);
                StudyDriver driver = new StudyDriver(dataset, fitting);
                statesWithinRunsAreMeasuredOnceAndReleased(suite, fitting, driver);
                aDeletedStudyIsGoneAndANewOneWhenItIsSubmittedAgain(suite, dataset, driver);
                driver.submit(
                        study("wiped"),
                        dataset.get("/studies/open").get("corpus").asText());
                await().atMost(LIMIT).until(() -> driver.watch().view("wiped").progress() > 0.2);
            });
            deleteAll(folder.resolve("home/kafka"));
            inSuite(1, RestartIT::aStudyWhoseBrokerIsGoneGoesOn);
        }
    }

    /** Tokens, jobs, pointers and events are gone; database and checkpoints are there. */
    private static void aStudyWhoseBrokerIsGoneGoesOn(Suite suite, RestClient dataset, RestClient fitting)
            throws Exception {
        assertThat(stateOf(dataset, "/studies/wiped")).isEqualTo("LOST");
        List<String> said = new ArrayList<>();
        assertThat(new Repair(dataset, false, said::add).run())
                .as("the page is no corpus")
                .isFalse();
        assertThat(said).filteredOn(line -> line.endsWith(" is written again")).hasSize(2);
        StudyDriver driver = new StudyDriver(dataset, fitting);
        StudyView wiped = driver.watch().follow("wiped", view -> suite.requireAlive());
        assertThat(losses(wiped)).isEqualTo(losses(driver.watch().view("finished")));
    }

    /** Its jobs were on the topic that was lost, its kept states in the folder that was not. */
    private void statesWithinRunsAreMeasuredOnceAndReleased(Suite suite, RestClient fitting, StudyDriver driver)
            throws Exception {
        StudyView marked = driver.watch().follow("marked", view -> suite.requireAlive());
        assertThat(losses(marked))
                .as("numbers do not depend on where slices end")
                .isEqualTo(losses(driver.watch().view("finished")));
        await().atMost(LIMIT).untilAsserted(() -> {
            List<String> states = new ArrayList<>();
            fitting.get("/studies/marked/evaluations")
                    .at("/evaluations/0/metrics/0/states")
                    .forEach(state -> states.add(state.path("runId").asText() + " " + state.path("step")));
            assertThat(states).hasSize(EVALUATED_WITHIN).doesNotHaveDuplicates();
        });
        await().atMost(LIMIT).until(() -> keptStates("marked-").isEmpty());
    }

    /** Files of states that are kept for evaluations alone, of runs whose ids begin so. */
    private List<Path> keptStates(String beginning) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home/data/checkpoints"))) {
            return files.filter(file -> file.toString().contains("/" + beginning))
                    .filter(file -> file.getFileName().toString().contains(".kept"))
                    .toList();
        }
    }

    /** The database has read the log of events again, from its beginning. */
    private void aDeletedStudyIsGoneAndANewOneWhenItIsSubmittedAgain(
            Suite suite, RestClient dataset, StudyDriver driver) throws Exception {
        assertThat(answer(dataset, "/studies/gone")).startsWith("404");
        driver.submit(study("gone"), dataset.get("/studies/open").get("corpus").asText());
        assertThat(dataset.get("/studies/gone/runs").findValuesAsText("runId"))
                .hasSize(2)
                .allMatch(run -> run.endsWith(".2"));
        StudyView again = driver.watch().follow("gone", view -> suite.requireAlive());
        assertThat(losses(again)).isEqualTo(losses(driver.watch().view("finished")));
        assertThat(checkpoints("gone-")).hasSize(2).allMatch(run -> run.endsWith(".2"));
    }

    /** Folders of runs whose ids begin so. */
    private List<String> checkpoints(String beginning) throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("home/data/checkpoints"))) {
            return runs.map(run -> run.getFileName().toString())
                    .filter(run -> run.startsWith(beginning))
                    .toList();
        }
    }

    private static List<String> losses(StudyView study) {
        return study.runs().stream()
                .map(run -> run.name() + " " + run.tokens() + " " + run.heldOutNats() + " " + run.lossNats())
                .toList();
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void makeEveryState(
            Suite suite, RestClient dataset, RestClient fitting, StudyDriver driver, SlowSource slow) throws Exception {
        DemoStudy finished = study("finished");
        String corpus = driver.corpus(finished, PROTEINS, look -> {}).get("id").asText();
        driver.submit(finished, corpus);
        driver.watch().follow("finished", view -> suite.requireAlive());
        describe(suite, dataset, fitting);
        driver.submit(study("stopped"), corpus);
        dataset.post("/studies/stopped/commands", Map.of("action", "STOP", "reason", "test", "by", "test"));
        await().atMost(LIMIT)
                .until(() -> driver.watch().view("stopped").runs().stream()
                        .allMatch(run -> run.state().equals("STOPPED")));
        Path page = Files.createTempFile("page", ".fasta");
        Files.writeString(page, "<html>no protein</html>\n");
        String failed =
                dataset.post("/corpora", finished.corpusRequest(page)).get("id").asText();
        await().atMost(LIMIT).until(() -> stateOf(dataset, "/corpora/" + failed).equals("FAILED"));
        slow.ask(dataset, finished);
        Path table = table();
        fitting.post("/imports?study=imported", "text/csv", table);
        fitting.post("/imports?study=deleted", "text/csv", table);
        delete(suite.fittingAddress() + "/imports/deleted", 204);
        driver.submit(study("gone"), corpus);
        await().atMost(LIMIT).until(() -> driver.watch().view("gone").progress() > 0.2);
        delete(suite.datasetAddress() + "/studies/gone", 200);
        await().atMost(LIMIT).until(() -> answer(fitting, "/studies/gone").startsWith("404"));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", suite.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.EVENTS, "x", "no event".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        Map<String, Object> marked = new HashMap<>(study("marked").studyRequest(corpus));
        Map<String, Object> within = new HashMap<>(perplexity());
        within.put("everyPercent", 30);
        marked.put("evaluations", List.of(within));
        dataset.post("/studies", marked);
        driver.submit(study("open"), corpus);
    }

    private static Map<String, Object> perplexity() {
        return Map.of(
                "name",
                "five",
                "kind",
                "perplexity",
                "files",
                Map.of("proteins", PROTEINS.toString()),
                "options",
                Map.of("proteins", 5, "maskings", 1, "pseudoSequences", 1));
    }

    /** A note on the study that is finished, and what its models are good for. */
    private static void describe(Suite suite, RestClient dataset, RestClient fitting) throws Exception {
        send(
                suite.fittingAddress() + "/studies/finished/notes",
                "PUT",
                "{\"text\":\"the first\",\"tags\":[\"kept\"]}",
                200);
        dataset.post("/studies/finished/evaluations", List.of(perplexity()));
        await().atMost(LIMIT)
                .until(() -> fitting.get("/studies/finished/evaluations")
                                .at("/evaluations/0/metrics/0/states")
                                .size()
                        == EVALUATED);
    }

    /** Answers about whatever does not change any more. */
    private static Map<String, String> answers(RestClient dataset, RestClient fitting, String slow) throws Exception {
        Map<String, String> answers = new TreeMap<>();
        for (String path : List.of(
                "/studies/finished",
                "/studies/finished/runs",
                "/studies/finished/evaluations",
                "/studies/stopped/runs")) {
            answers.put("dataset " + path, answer(dataset, path));
        }
        for (JsonNode corpus : dataset.get("/corpora")) {
            if (!corpus.get("id").asText().equals(slow)) {
                answers.put("corpus " + corpus.get("id"), corpus.toString());
            }
        }
        for (String study : List.of("finished", "imported")) {
            await().atMost(LIMIT)
                    .until(() -> fitting.get("/studies/" + study)
                            .path("fitIsCurrent")
                            .asBoolean());
            for (String part : List.of("curves.csv", "frontier", "fits", "plateau", "recommendation", "findings")) {
                answers.put("fitting " + study + " " + part, answer(fitting, "/studies/" + study + "/" + part));
            }
        }
        answers.put("fitting notes", answer(fitting, "/studies/finished/notes"));
        answers.put("fitting evaluations", answer(fitting, "/studies/finished/evaluations"));
        for (JsonNode run : fitting.get("/studies/finished").get("runs")) {
            String history = "/studies/finished/runs/" + run.get("runId").asText() + "/history";
            answers.put("fitting " + history, answer(fitting, history));
        }
        answers.put("fitting deleted", answer(fitting, "/studies/deleted"));
        answers.put("dataset /studies/gone", answer(dataset, "/studies/gone"));
        answers.put("fitting gone", answer(fitting, "/studies/gone"));
        return answers;
    }

    private static String answer(RestClient client, String path) throws Exception {
        try {
            return client.text(path, "*/*;q=0.5, application/json");
        } catch (RefusedException e) {
            return e.status() + " " + e.getMessage();
        }
    }

    /** The database forgets a study and where it read to, as an older backup would; jobs and pointers are made anew. */
    private static void loseStudyAndTopics(Suite suite) throws Exception {
        try (Connection connection = DriverManager.getConnection(suite.databaseUrl("dataset"));
                Statement statement = connection.createStatement()) {
            statement.execute("delete from slice where run_id like 'finished-%'");
            statement.execute("delete from run where study_id = 'finished'");
            statement.execute("delete from study where id = 'finished'");
            statement.execute("delete from log_position");
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", suite.bootstrapServers()))) {
            admin.deleteTopics(List.of(Topics.JOBS, Topics.CHECKPOINTS)).all().get();
        }
    }

    private static void lostStudyIsFoundAgain(RestClient dataset) throws Exception {
        DemoStudy study = study("finished");
        String corpus = dataset.get("/studies/stopped").get("corpus").asText();
        await().atMost(LIMIT).untilAsserted(() -> {
            Map<String, Object> other = new HashMap<>(study.studyRequest(corpus));
            other.put("seeds", List.of(2));
            assertThatThrownBy(() -> dataset.post("/studies", other))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("seed 2 instead of 1");
        });
        JsonNode found = dataset.post("/studies", study.studyRequest(corpus));
        assertThat(found.get("state").asText()).isEqualTo("COMPLETED");
        assertThat(found.get("doneFlops").asDouble())
                .isEqualTo(found.get("expectedFlops").asDouble());
    }

    private void lostJobsArePublishedAgain(Suite suite, RestClient dataset, RestClient fitting) throws Exception {
        assertThat(dataset.get("/studies/open").get("state").asText()).isEqualTo("LOST");
        assertThat(dataset.get("/studies/open").get("problem").asText()).contains("./frontier repair");
        assertThat(dataset.get("/scaling").get("remainingJobs").asLong()).isZero();
        List<String> said = new ArrayList<>();
        assertThat(new Repair(dataset, false, said::add).run())
                .as(said.toString())
                .isFalse();
        assertThat(said).anyMatch(line -> line.matches("study open: [1-9]\\d* jobs are published again"));
        assertThat(said)
                .filteredOn(line -> line.contains("could not be written again"))
                .hasSize(1);
        dataset.post("/studies/stopped/commands", Map.of("action", "RESUME", "reason", "test", "by", "test"));
        StudyDriver driver = new StudyDriver(dataset, fitting);
        for (String study : List.of("open", "stopped")) {
            driver.watch().follow(study, view -> suite.requireAlive());
            StudyComparison outcome = StudyComparison.of(
                    EventLog.read(suite.bootstrapServers()),
                    "finished",
                    study,
                    folder.resolve("home/data/checkpoints"),
                    fitting);
            assertThat(outcome.lost() + outcome.doubled())
                    .as(outcome.toString())
                    .isZero();
            assertThat(outcome.different())
                    .as("what was stopped and resumed changed its state more often; nothing else differs")
                    .allMatch(what -> study.equals("stopped") && what.startsWith("states of "));
        }
    }

    /** Seconds of training in several slices. */
    private static DemoStudy study(String id) {
        return new DemoStudy(
                id,
                List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 32, 2)),
                DemoStudy.Budgets.tokens(List.of(3e4, 6e4)),
                new DemoStudy.Rate(4e-3, 1e4),
                new DemoStudy.Proteins(128, 2048, 60),
                List.of(1L));
    }

    private static String stateOf(RestClient client, String path) throws Exception {
        return client.get(path).get("state").asText();
    }

    private static void delete(String address, int status) throws Exception {
        send(address, "DELETE", "", status);
    }

    private static void send(String address, String method, String json, int status) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    /** A small planted table: L = 2 + 5 / N^.3 + 9 / D^.3. */
    private static Path table() throws IOException {
        StringBuilder rows = new StringBuilder("run,N,D,C,loss\n");
        for (double n : new double[] {1e5, 3e5, 1e6, 3e6, 1e7}) {
            for (double d : new double[] {1e6, 3e6, 1e7, 3e7, 1e8}) {
                double loss = 2 + 5 / Math.pow(n, .3) + 9 / Math.pow(d, .3);
                rows.append("r%.0f-%.0f,%s,%s,%s,%s%n".formatted(n, d, n, d, 6 * n * d, loss));
            }
        }
        Path file = Files.createTempFile("table", ".csv");
        return Files.writeString(file, rows);
    }

    private void inSuite(int trainers, SuiteScene scene) throws Exception {
        SuiteScene.in(folder.resolve("home"), trainers, scene);
    }
}
