package org.plmfrontier.launcher.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP to one service. Thread-safe. */
public final class RestClient implements AutoCloseable {
    /** Version of this command line. */
    public static final String VERSION = "0.1.0";

    private static final String SERVICE = "Frontier-Service";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A large file is stored before the answer comes. */
    private static final Duration LONG = Duration.ofHours(1);

    private static volatile @Nullable String usualToken;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final Optional<String> token;
    private @Nullable String expected;

    /**
     * A client of the service at an address, with the bearer token of the environment variable {@code FRONTIER_TOKEN} where
     * there is one.
     *
     * @param base {@code http://host:port}
     */
    public RestClient(String base) {
        this(base, Optional.ofNullable(System.getenv("FRONTIER_TOKEN")).or(() -> Optional.ofNullable(usualToken)));
    }

    /** The token of clients from now on where the environment has none. */
    public static void useToken(String token) {
        usualToken = token;
    }

    /**
     * A client that shows a bearer token.
     *
     * @param token for requests that change something or are expensive; empty where the service asks for none
     */
    public RestClient(String base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    /**
     * From now on only the named service may answer; any other one at the address is said to be another one.
     *
     * @param service as {@code dataset-service}
     */
    public RestClient expecting(String service) {
        this.expected = service;
        return this;
    }

    /**
     * GET of JSON.
     *
     * @throws RefusedException where the service answers with an error
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path, "application/json"));
    }

    /** GET of any text. */
    public String text(String path, String accept) throws IOException, InterruptedException {
        return send(request(path).header("Accept", accept).GET().build());
    }

    /**
     * DELETE.
     *
     * @throws RefusedException where the service answers with an error, with the problem's detail
     */
    public void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE().build());
    }

    /**
     * POST of JSON.
     *
     * @throws RefusedException where the service answers with an error, with the problem's detail
     */
    public JsonNode post(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return JSON.readTree(send(request));
    }

    /** POST of JSON whose answer is worked for; as long as it takes. */
    public JsonNode postLong(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .timeout(LONG)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return JSON.readTree(send(request));
    }

    /**
     * POST of a file, read as it is sent.
     *
     * @param type of its content
     * @throws RefusedException where the service answers with an error, with the problem's detail
     */
    public Answer post(String path, String type, Path file) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .timeout(LONG)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> response = answer(request);
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    /** What a service answered, and with which status below 400. */
    public record Answer(int status, JsonNode body) {}

    /** What takes the body of an answer as it comes. */
    @FunctionalInterface
    public interface BodyReader {
        void read(InputStream body) throws IOException;
    }

    /**
     * GET of something large.
     *
     * @throws RefusedException where the service answers with an error, with the problem's detail
     */
    public HttpHeaders download(String path, BodyReader reader) throws IOException, InterruptedException {
        HttpRequest request = request(path).timeout(LONG).GET().build();
        HttpResponse<InputStream> response = sent(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 400) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                throw refusal(response, text);
            }
            reader.read(body);
        }
        return response.headers();
    }

    /** GET of something that is computed for this request; as long as it takes. */
    public JsonNode computed(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(request(path).timeout(LONG).GET().build()));
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return answer(request).body();
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = sent(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 400) {
            throw refusal(response, response.body());
        }
        return response;
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            HttpResponse<T> response = client.send(request, body);
            requireExpected(response);
            return response;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new UnreachableException(base, e);
        }
    }

    /** Services of old do not say who they are. */
    private void requireExpected(HttpResponse<?> response) throws IOException {
        Optional<String> name = response.headers().firstValue(SERVICE).map(service -> service.replaceFirst("/.*", ""));
        if (expected != null && name.isPresent() && !name.get().equals(expected)) {
            throw new IOException(base + " is the " + name.get() + ", not the " + expected
                    + "; options --fitting, --dataset and --trainer name one service each");
        }
    }

    private static RefusedException refusal(HttpResponse<?> response, String body) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.contains("json")) {
            return new RefusedException(
                    response.statusCode(), response.request().method() + " " + response.uri() + ": " + body);
        }
        JsonNode problem = JSON.readTree(body);
        String detail = problem.path("detail").asText(problem.path("title").asText(body));
        List<RefusedException.Problem> problems = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> problems.add(new RefusedException.Problem(
                        error.path("field").asText(), error.path("detail").asText())));
        boolean blames = problem.hasNonNull("field");
        if (problems.isEmpty() && blames) {
            problems.add(new RefusedException.Problem(problem.get("field").asText(), detail));
        }
        String field = blames ? problem.get("field").asText() + ": " : "";
        return new RefusedException(response.statusCode(), field + detail + otherVersion(response), problems);
    }

    /** A refusal by a service of another version may be no more than that. */
    private static String otherVersion(HttpResponse<?> response) {
        return response.headers()
                .firstValue(SERVICE)
                .map(service -> service.replaceFirst(".*/", ""))
                .filter(version -> !version.equals(VERSION))
                .map(version -> " (the service is of version " + version + ", this command of " + VERSION
                        + ": take the one of the same version)")
                .orElse("");
    }
}
