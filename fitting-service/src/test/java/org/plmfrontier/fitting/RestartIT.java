package org.plmfrontier.fitting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.TestStack;

/** The packaged service is started again over every kind of state, and after lost rows, and answers as it did first. */
class RestartIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final List<String> OF_A_STUDY = List.of(
            "",
            "/curves",
            "/frontier",
            "/frontier?method=a2",
            "/frontier?method=a3",
            "/frontier?method=kaplan",
            "/fits",
            "/families",
            "/plateau",
            "/findings",
            "/predictions",
            "/recommendation?budgetFlops=1e15",
            "/report");
    /** What a process knows of its own time only: how fast events came in while it was there. */
    private static final String PACE = "\"(secondsLeft|flopsPerSecond|tokensPerSecond)\":(null|[0-9.E+-]+),?";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final TestStack stack = TestStack.get();
    private int port;
    private long rows;

    @Test
    void everyKindOfStateIsThereAgainToTheByte() throws Exception {
        EventWriter.createTopic(stack.bootstrapServers());
        port = FreePorts.next();
        Process first = start("first");
        Map<String, String> before;
        Map<String, String> published;
        try {
            awaitReady(first, "first");
            prepare();
            before = settled();
            published = published();
            assertThat(before.keySet())
                    .contains("/studies/imported", "/studies/begun~import", "/studies/begun", "/studies/half")
                    .doesNotContain("/studies/deleted");
            assertThat(published.keySet()).contains("imported", "half", "old-1", "old-2", "deleted");
            assertThat(published.get("deleted")).as("a tombstone").isEqualTo("null");
            assertThat(end(Topics.deadLetters(Topics.EVENTS))).isEqualTo(2);
            assertThat(before.get("/studies/half/predictions")).contains("\"stagePercent\"");
        } finally {
            stop(first);
        }
        Process second = start("second");
        try {
            awaitReady(second, "second");
            Map<String, String> after = settled();
            assertThat(after.keySet()).isEqualTo(before.keySet());
            before.forEach(
                    (path, answer) -> assertThat(after.get(path)).as(path).isEqualTo(answer));
            assertThat(published()).isEqualTo(published);
            assertThat(end(Topics.deadLetters(Topics.EVENTS))).isEqualTo(2);
        } finally {
            stop(second);
        }
        loseRowsAndReadAgain();
        Process third = start("third");
        try {
            awaitReady(third, "third");
            await().atMost(TIMEOUT).until(() -> count("step_point") == rows);
            Map<String, String> after = settled();
            before.forEach((path, answer) ->
                    assertThat(after.get(path)).as("rebuilt: %s", path).isEqualTo(answer));
        } finally {
            stop(third);
        }
    }

    /** Half of the steps of the suite's own runs are lost; then the statement that deploy/README.md gives is executed. */
    private void loseRowsAndReadAgain() throws Exception {
        Matcher documented = Pattern.compile("psql -d fitting [^\n]*-c '([^']+)'")
                .matcher(Files.readString(Path.of("..", "deploy", "README.md")));
        assertThat(documented.find()).as("deploy/README.md says how to rebuild").isTrue();
        rows = count("step_point");
        try (Connection connection = DriverManager.getConnection(stack.database("restarted"));
                Statement statement = connection.createStatement()) {
            int lost = statement.executeUpdate(
                    "delete from step_point where step % 2 = 0 and run_key in (select run_key from run where imported is null)");
            assertThat(lost).isPositive();
            assertThat(statement.executeUpdate(documented.group(1))).isPositive();
        }
        assertThat(count("step_point")).isLessThan(rows);
    }

    private long count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(stack.database("restarted"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Imported, deleted, set aside, half trained, finished, finished and let go, dead letters. */
    private void prepare() throws Exception {
        importTable("imported", PlantedTable.ofManyRuns(30, 12, 3));
        importTable("flawed", "run,N,D,C,loss\ngood,1e6,1e8,6e14,3.1\nbad,1e6,1e8,6e14,NaN\n");
        importTable("deleted", PlantedTable.ofManyRuns(15, 12, 4));
        importTable("begun", PlantedTable.ofManyRuns(15, 12, 5));
        await().atMost(TIMEOUT).until(() -> published().containsKey("deleted"));
        HttpRequest delete =
                HttpRequest.newBuilder(uri("/imports/deleted")).DELETE().build();
        assertThat(client.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
        try (EventWriter writer = new EventWriter(stack.bootstrapServers())) {
            writer.publish(PlantedStudy.ofSix("old-1", 60, 5).all());
            writer.publish(PlantedStudy.ofSix("old-2", 60, 6).all());
            writer.publish(PlantedStudy.ofMany("begun", 2, 60, 7).all());
            PlantedStudy half = PlantedStudy.ofSix("half", 60, 8);
            writer.publish(half.plans());
            List<TrainingEvent> training = half.training();
            writer.publish(training.subList(0, training.size() / 2));
            writer.publish(new ProducerRecord<>(Topics.EVENTS, "nobody", "no event".getBytes(UTF_8)));
            writer.publish(new ProducerRecord<>(Topics.EVENTS, "nobody", new byte[] {0, (byte) 0xff}));
        }
        await().atMost(TIMEOUT).until(() -> get("/studies/begun~import").statusCode() == 200);
        await().atMost(TIMEOUT).until(() -> end(Topics.deadLetters(Topics.EVENTS)) == 2);
        await().atMost(TIMEOUT)
                .until(() -> read("/studies")
                        .findValuesAsText("id")
                        .containsAll(List.of("old-1", "old-2", "begun", "half")));
    }

    /** All answers, once nothing comes in any more and each study's fit is of all that came. */
    private Map<String, String> settled() throws Exception {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(500)).until(() -> {
            String before = get("/studies").body();
            for (String study : read("/studies").findValuesAsText("id")) {
                if (!get("/studies/" + study).body().contains("\"fitIsCurrent\":true")
                        || !read("/studies/" + study + "/predictions")
                                .get("reason")
                                .isNull()) {
                    return false;
                }
            }
            long sealed = end(Topics.FORECASTS);
            Thread.sleep(4000);
            return get("/studies").body().equals(before) && end(Topics.FORECASTS) == sealed;
        });
        return answers();
    }

    private Map<String, String> answers() throws Exception {
        Map<String, String> answers = new TreeMap<>();
        answers.put("/studies", get("/studies").body());
        for (String study : read("/studies").findValuesAsText("id")) {
            for (String path : OF_A_STUDY) {
                HttpResponse<String> answer = get("/studies/" + study + path);
                assertThat(answer.statusCode()).as(study + path).isLessThan(500);
                answers.put(
                        "/studies/" + study + path,
                        answer.statusCode() + " " + answer.body().replaceAll(PACE, ""));
            }
            HttpRequest csv = HttpRequest.newBuilder(uri("/studies/" + study + "/curves"))
                    .header("Accept", "text/csv")
                    .build();
            answers.put(
                    "/studies/" + study + "/curves as CSV",
                    client.send(csv, BodyHandlers.ofString()).body());
        }
        return answers;
    }

    private Process start(String name) throws Exception {
        ProcessBuilder service = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString());
        service.environment()
                .putAll(Map.of(
                        "QUARKUS_PROFILE", "local",
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                        "QUARKUS_DATASOURCE_JDBC_URL", stack.database("restarted"),
                        "FITTING_REFIT_INTERVAL", "100ms",
                        "FITTING_REFIT_RESAMPLES", "20",
                        "FITTING_REFIT_SHARE", "1",
                        "FITTING_REFIT_KEEP", "2"));
        return service.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private void awaitReady(Process service, String name) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(service.isAlive())
                    .as(() -> "the service lives; its log: " + log(name))
                    .isTrue();
            try {
                return get("/q/health/ready").statusCode() == 200;
            } catch (ConnectException notYet) {
                return false;
            }
        });
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Process service) throws InterruptedException {
        service.destroy();
        if (!service.waitFor(30, TimeUnit.SECONDS)) {
            service.destroyForcibly();
        }
    }

    private void importTable(String study, String csv) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/imports?study=" + study))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode read(String path) throws Exception {
        return json.readTree(get(path).body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The last frontier on the topic by study; "null" for what was taken back. */
    private Map<String, String> published() {
        Map<String, String> last = new TreeMap<>();
        long end = end(Topics.FRONTIER);
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            TopicPartition only = new TopicPartition(Topics.FRONTIER, 0);
            List<TopicPartition> all = new ArrayList<>(List.of(only));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (end > 0 && consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> last.put(
                                record.key(), record.value() == null ? "null" : new String(record.value(), UTF_8)));
            }
        }
        return last;
    }

    private long end(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            TopicPartition only = new TopicPartition(topic, 0);
            return consumer.listTopics().containsKey(topic)
                    ? consumer.endOffsets(List.of(only)).get(only)
                    : 0;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
