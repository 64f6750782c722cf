package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.runtime.browser.Chromium;

/** The page's event stream comes back after whatever stood between it and the service. */
@QuarkusTest
class PageConnectionTest extends ServiceTest {
    private static final String STATE = "document.getElementById('connection')?.dataset.state ?? ''";
    private static final String POINTS = "Number(document.documentElement?.dataset.points ?? 0)";
    private static final String LINE = "document.getElementById('connection').innerText";
    private static final String HTML = "<html><body>sign in</body></html>";

    /** Writes down each word that the status line says. */
    private static final String RECORD = """
            (() => {
              const line = document.getElementById('connection');
              window.said = [];
              new MutationObserver(() => window.said.push(line.innerText))
                  .observe(line, {attributes: true, childList: true, subtree: true, characterData: true});
            })()
            """;

    @TestHTTPResource("/")
    URI service;

    private Optional<Path> browser = Optional.empty();

    /** An answer that is no stream, and what the page says of it. */
    private record Fault(int status, String type, String body, String said) {}

    @BeforeEach
    void needsABrowser() {
        browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
    }

    @Test
    void comesBackAfterAnyAnswerWithoutAReloadAndWithoutDoubledPoints() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("page-cut", 60, 5);
        publishAndAwait(planted);
        List<Fault> faults = List.of(
                new Fault(502, "text/html", HTML, "the server answered 502"),
                new Fault(503, "application/json", "{}", "the server answered 503"),
                new Fault(404, "application/problem+json", "{\"status\":404}", "does not know this study"),
                new Fault(401, "text/plain", "", "the server answered 401"),
                new Fault(200, "text/html", HTML, "the server sent text/html in place of events"));
        try (FaultyProxy proxy = new FaultyProxy(service, "");
                Chromium chromium = Chromium.open(browser.get(), proxy.page("page-cut"))) {
            int points = points(planted);
            awaitLive(chromium, points);
            chromium.evaluate("window.loaded = 'once'");
            chromium.evaluate(RECORD);
            for (Fault fault : faults) {
                proxy.fail(1, "/live", fault.status(), fault.type(), fault.body());
                // The first is waited for; each further one would be waited for longer.
                boolean hurried = fault != faults.getFirst();
                await().atMost(TIMEOUT).until(() -> {
                    hurry(chromium, hurried);
                    return proxy.failuresLeft() == 0;
                });
                await().atMost(TIMEOUT).until(() -> said(chromium).contains(fault.said()));
                hurry(chromium, hurried);
                awaitLive(chromium, points);
            }
            assertThat(said(chromium)).contains("disconnected since");
            assertThat(chromium.text("window.loaded")).isEqualTo("once");
        }
    }

    @Test
    void saysSinceWhenItIsDisconnectedAndCatchesUpWithWhatCameMeanwhile() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("page-restarted", 60, 5);
        List<TrainingEvent> training = planted.training();
        publish(planted.plans());
        publish(training.subList(0, 200));
        try (FaultyProxy proxy = new FaultyProxy(service, "");
                Chromium chromium = Chromium.open(browser.get(), proxy.page("page-restarted"))) {
            await().atMost(TIMEOUT).until(() -> chromium.evaluate(POINTS).asInt() > 100);
            proxy.stop();
            await().atMost(TIMEOUT).until(() -> chromium.text(LINE).contains("cannot be reached"));
            String since = since(chromium);
            String next = chromium.text(LINE);
            assertThat(next).contains("try now");
            publish(training.subList(200, training.size()));
            awaitAll(planted);
            await().atMost(TIMEOUT).until(() -> !chromium.text(LINE).equals(next));
            assertThat(since(chromium)).as("since the first failure").isEqualTo(since);

            proxy.start();
            proxy.fail(3, "/live", 502, "text/html", HTML);
            await().atMost(TIMEOUT).until(() -> {
                hurry(chromium, true);
                return proxy.failuresLeft() == 0;
            });
            awaitLive(chromium, points(planted));
            await().atMost(TIMEOUT)
                    .until(() -> chromium.text("document.getElementById('percent').textContent"), "100 %"::equals);
            assertThat(chromium.evaluate("document.querySelectorAll('#runs tbody tr').length")
                            .asInt())
                    .isEqualTo(6);
        }
    }

    private static void hurry(Chromium chromium, boolean wanted) {
        if (wanted) {
            chromium.evaluate("document.querySelector('#connection button:not([hidden])')?.click()");
        }
    }

    @Test
    void waitsLongerWithEachFailureButNeverLongerThanHalfAMinute() throws Exception {
        try (Chromium chromium = Chromium.open(browser.get(), service.toString())) {
            JsonNode most = backoff(chromium, 1);
            JsonNode least = backoff(chromium, 0);
            assertThat(most.valueStream().map(JsonNode::asInt))
                    .containsExactly(1000, 2000, 4000, 8000, 16000, 30000, 30000);
            assertThat(least.valueStream().map(JsonNode::asInt))
                    .containsExactly(500, 1000, 2000, 4000, 8000, 15000, 15000);
        }
    }

    @Test
    void readsTheSameEventsHoweverTheStreamIsCut() throws Exception {
        String cuts = """
                import('plm/stream').then(({ EventParser }) => {
                  const text = ': comment\\r\\nevent: study\\r\\ndata: {"a":\\r\\ndata: 1}\\r\\n\\r\\nevent:idle\\ndata:[]\\n\\n\\n';
                  const read = (pieces) => {
                    const events = [];
                    const parser = new EventParser((name, data) => events.push([name, JSON.parse(data)]));
                    pieces.forEach((piece) => parser.push(piece));
                    return JSON.stringify(events);
                  };
                  const all = [read([text]), read(text.split(''))];
                  for (let i = 1; i < text.length; i++) all.push(read([text.slice(0, i), text.slice(i)]));
                  return [...new Set(all)];
                })
                """;
        try (Chromium chromium = Chromium.open(browser.get(), service.toString())) {
            await().atMost(TIMEOUT).until(() -> chromium.text(STATE), state -> !state.isEmpty());
            assertThat(chromium.evaluate(cuts).valueStream().map(JsonNode::asText))
                    .containsExactly("[[\"study\",{\"a\":1}],[\"idle\",[]]]");
        }
    }

    private static JsonNode backoff(Chromium chromium, int random) {
        await().atMost(TIMEOUT).until(() -> chromium.text(STATE), state -> !state.isEmpty());
        return chromium.evaluate("import('plm/stream').then(({ backoff }) =>"
                + " [1, 2, 3, 4, 5, 6, 60].map((failures) => backoff(failures, () => " + random + ")))");
    }

    private static void awaitLive(Chromium chromium, int points) {
        await().atMost(TIMEOUT).until(() -> chromium.text(STATE), "live"::equals);
        await().atMost(TIMEOUT).until(() -> chromium.evaluate(POINTS).asInt(), count -> count == points);
    }

    private static String said(Chromium chromium) {
        return chromium.text("window.said.join('\\n')");
    }

    private static String since(Chromium chromium) {
        String line = chromium.text(LINE);
        return line.substring(line.indexOf("disconnected since"), line.indexOf(": the server"));
    }

    private static int points(PlantedStudy planted) {
        return planted.specs().stream()
                .mapToInt(spec -> Math.toIntExact(spec.endRecord() / 8))
                .sum();
    }
}
