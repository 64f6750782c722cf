package org.plmfrontier.runtime.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One page in a headless Chromium, spoken to over the DevTools protocol. */
public final class Chromium implements AutoCloseable, WebSocket.Listener {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String ANNOUNCEMENT = "DevTools listening on ws://";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private final Process process;
    private final WebSocket socket;

    private Chromium(Process process, String page) throws Exception {
        this.process = process;
        String authority = authority(process.errorReader());
        HttpRequest open = HttpRequest.newBuilder(
                        URI.create("http://" + authority + "/json/new?" + URLEncoder.encode(page, UTF_8)))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode tab = json.readTree(client.send(open, BodyHandlers.ofString()).body());
        URI address = URI.create(tab.get("webSocketDebuggerUrl").asText());
        socket = client.newWebSocketBuilder().buildAsync(address, this).get(20, TimeUnit.SECONDS);
    }

    /** The browser of this machine, if it has one. */
    public static Optional<Path> find() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page in a new browser with an empty profile. */
    public static Chromium open(Path binary, String page) throws Exception {
        Path profile = Files.createTempDirectory("chromium");
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1400,1200",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .start();
        return new Chromium(process, page);
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** The value of an expression that is a text; empty where it has none. */
    public String text(String expression) {
        return evaluate(expression).asText("");
    }

    /** Makes the window this wide, in CSS pixels. */
    public void resize(int width) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Shows the page to somebody who prefers this colour scheme, dark or light. */
    public void prefer(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Presses the mouse at one place of the window, moves it to another and lets it go, in CSS pixels. */
    public void drag(int left, int top, int right, int bottom) {
        mouse("mouseMoved", left, top, 0);
        mouse("mousePressed", left, top, 1);
        mouse("mouseMoved", (left + right) / 2, (top + bottom) / 2, 1);
        mouse("mouseMoved", right, bottom, 1);
        mouse("mouseReleased", right, bottom, 0);
    }

    /** Moves the mouse to a place of the window, in CSS pixels. */
    public void point(int left, int top) {
        mouse("mouseMoved", left, top, 0);
    }

    private void mouse(String type, int left, int top, int buttons) {
        String button = type.equals("mouseMoved") && buttons == 0 ? "none" : "left";
        call(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", left, "y", top, "button", button, "buttons", buttons, "clickCount", 1));
    }

    /** Goes to a page in which a script runs before all others. */
    public void navigate(String page, String script) {
        call("Page.enable", Map.of());
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        call("Page.navigate", Map.of("url", page));
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        try {
            int id = ids.incrementAndGet();
            CompletableFuture<JsonNode> answer = new CompletableFuture<>();
            answers.put(id, answer);
            Map<String, Object> call = Map.of("id", id, "method", method, "params", parameters);
            socket.sendText(json.writeValueAsString(call), true).get(20, TimeUnit.SECONDS);
            return answer.get(20, TimeUnit.SECONDS).path("result");
        } catch (Exception e) {
            throw new AssertionError("cannot call " + method + " " + parameters, e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            answer(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void answer(String text) {
        try {
            JsonNode message = json.readTree(text);
            CompletableFuture<JsonNode> waiting =
                    answers.remove(message.path("id").asInt());
            if (waiting != null) {
                waiting.complete(message);
            }
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String authority(BufferedReader errors) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(ANNOUNCEMENT)) {
                String authority = line.substring(ANNOUNCEMENT.length(), line.indexOf('/', ANNOUNCEMENT.length()));
                Thread.ofVirtual().start(() -> errors.lines().forEach(ignored -> {}));
                return authority;
            }
        }
        throw new IOException("the browser ended before it could be spoken to");
    }
}
