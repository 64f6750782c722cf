package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class LiveResourceTest extends ServiceTest {
    @TestHTTPResource("/studies/streamed/live")
    URI stream;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void tellsEverythingFirstAndThenOnlyNewPoints() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("streamed", 60, 5);
        List<TrainingEvent> training = planted.training();
        publish(planted.plans());
        publish(training.subList(0, 200));
        await().atMost(TIMEOUT)
                .until(() ->
                        studies.find("streamed").filter(s -> s.doneFlops() > 0).isPresent());
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(stream).build();
            Stream<String> body = client.send(request, BodyHandlers.ofLines()).body();
            Thread reader = Thread.ofVirtual().start(() -> body.forEach(lines::add));
            await().atMost(TIMEOUT).until(() -> names().containsAll(List.of("study", "curves", "frontier")));
            int before = data("curves").size();
            long known = maxStep(data("curves"));

            publish(training.subList(200, training.size()));
            await().atMost(TIMEOUT).until(() -> maxStep(data("curves")) == 60);
            List<JsonNode> later = data("curves");
            assertThat(known).isLessThan(60);
            assertThat(steps(later.subList(0, later.size()), "streamed-0"))
                    .doesNotHaveDuplicates()
                    .isSorted();
            assertThat(later.size()).isGreaterThan(before);
            client.shutdownNow();
            reader.join();
        }
    }

    @Test
    void oneClientHasABoundedNumberOfStreamsAndGetsThemBackWhenItClosesThem() throws Exception {
        given().contentType("text/csv")
                .body("run,N,D,C,loss\na,1e6,1e8,6e14,3.1\n")
                .post("/imports?study=streamed-often")
                .then()
                .statusCode(201);
        List<Socket> open = new ArrayList<>();
        try {
            await().atMost(TIMEOUT)
                    .until(
                            () -> {
                                Socket socket = openStream("streamed-often");
                                open.add(socket);
                                return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))
                                        .readLine();
                            },
                            line -> line.contains(" 429 "));
            assertThat(open).hasSizeBetween(2, 65);
            given().get("/studies/streamed-often/live")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "10")
                    .body("detail", containsString("fitting.live.streams-per-client"));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await().atMost(TIMEOUT)
                .until(
                        () -> {
                            try (Socket socket = openStream("streamed-often")) {
                                return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))
                                        .readLine();
                            }
                        },
                        line -> line.contains(" 200 "));
    }

    private Socket openStream(String study) throws IOException {
        Socket socket = new Socket(stream.getHost(), stream.getPort());
        String request = "GET /studies/" + study + "/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    private List<String> names() {
        return lines.stream()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring(6))
                .toList();
    }

    private List<JsonNode> data(String name) {
        return Stream.iterate(0, i -> i + 1)
                .limit(Math.max(0, lines.size() - 1))
                .filter(i -> lines.get(i).equals("event:" + name))
                .map(i -> read(lines.get(i + 1).substring("data:".length())))
                .toList();
    }

    private static long maxStep(List<JsonNode> curves) {
        return steps(curves, "streamed-0").stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static List<Long> steps(List<JsonNode> messages, String run) {
        return messages.stream()
                .flatMap(message -> message.valueStream())
                .filter(curve -> curve.get("runId").asText().equals(run))
                .flatMap(curve -> curve.get("points").valueStream())
                .map(point -> point.get("step").asLong())
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (Exception e) {
            throw new AssertionError(json, e);
        }
    }
}
