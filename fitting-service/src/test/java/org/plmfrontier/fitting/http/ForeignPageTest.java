package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.runtime.browser.Chromium;

/** What pages of others can do to a service on the same machine, and what the service's own pages still can. */
@QuarkusTest
class ForeignPageTest extends ServiceTest {
    private static final String CSV = "run,N,D,C,loss\na,1e6,1e8,6e14,3.1\n";

    /** Counts what the browser's policy kept from running or loading. */
    private static final String RECORD = """
            window.violations = [];
            document.addEventListener('securitypolicyviolation',
                (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile));
            """;

    @TestHTTPResource("/")
    URI service;

    @Test
    void aForeignHostAsAfterDnsRebindingIsMisdirected() {
        for (String path : List.of("/", "/studies", "/q/health/ready", "/q/metrics", "/q/openapi")) {
            given().header("Host", "rebound.example:8080")
                    .get(path)
                    .then()
                    .statusCode(421)
                    .contentType("application/problem+json")
                    .body("detail", allOf(containsString("rebound.example"), containsString("frontier.http.hosts")));
        }
    }

    @Test
    void aForeignOriginAndABodyOfNoTypeChangeNothing() {
        given().contentType("text/csv")
                .header("Origin", "http://evil.example")
                .body(CSV)
                .post("/imports?study=foreign-origin")
                .then()
                .statusCode(403)
                .body("detail", containsString("http://evil.example"));
        given().header("Sec-Fetch-Site", "cross-site")
                .get("/studies/foreign-origin/report")
                .then()
                .statusCode(403);
        given().contentType("text/plain")
                .body(CSV)
                .post("/imports?study=foreign-origin")
                .then()
                .statusCode(415);
        given().contentType("text/csv")
                .body(CSV)
                .post("/imports?study=own-program")
                .then()
                .statusCode(201);
        given().get("/studies/foreign-origin").then().statusCode(404);
    }

    @Test
    void answersForbidFramesSniffingAndWhatIsNotTheirs() {
        given().get("/studies")
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Frontier-Service", startsWith("fitting-service/"))
                .header("Content-Security-Policy", containsString("default-src 'none'"));
        given().get("/")
                .then()
                .statusCode(200)
                .header(
                        "Content-Security-Policy",
                        allOf(containsString("script-src 'self' 'sha256-"), containsString("frame-ancestors 'none'")));
        given().get("/nowhere").then().statusCode(404).header("X-Content-Type-Options", equalTo("nosniff"));
    }

    @Test
    void aPageOfAnotherOriginCanNeitherPostNorReadNorFrame() throws Exception {
        try (Chromium chromium = Chromium.open(browser(), "about:blank")) {
            HttpServer foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            foreign.createContext("/", exchange -> {
                byte[] page = "<!doctype html><title>foreign</title>".getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            foreign.start();
            try {
                chromium.navigate("http://127.0.0.1:" + foreign.getAddress().getPort() + "/", "");
                await().atMost(TIMEOUT).until(() -> chromium.text("document.title"), "foreign"::equals);
                for (String type : List.of("text/plain", "text/csv", "")) {
                    assertThat(chromium.text(post(type))).isIn("failed", "sent, answer hidden");
                }
                assertThat(chromium.text("fetch('" + service + "studies').then(() => 'read', () => 'failed')"))
                        .isEqualTo("failed");
                assertThat(chromium.text(FRAME.formatted(service))).isEqualTo("blocked");
            } finally {
                foreign.stop(0);
            }
        }
        given().get("/studies/posted-by-foreign").then().statusCode(404);
    }

    private static final String FRAME = """
            new Promise((done) => {
              const frame = document.createElement('iframe');
              frame.src = '%s';
              frame.onload = () => {
                try { done(frame.contentDocument === null ? 'blocked' : 'empty'); } catch (e) { done('blocked'); }
              };
              document.body.append(frame);
            })
            """;

    /** In the mode in which a browser sends without asking, and as a blob of no type. */
    private String post(String type) {
        return "fetch('" + service
                + "imports?study=posted-by-foreign', {method: 'POST', mode: 'no-cors', body: new Blob(['"
                + CSV.replace("\n", "\\n") + "'], {type: '" + type
                + "'})}).then(() => 'sent, answer hidden', () => 'failed')";
    }

    @Test
    void theLivePageAndTheReportWorkUnderTheirPolicies() throws Exception {
        given().contentType("text/csv")
                .body(PlantedTable.ofManyRuns(30, 12, 7).getBytes(UTF_8))
                .post("/imports?study=under-policy")
                .then()
                .statusCode(201);
        await().atMost(TIMEOUT)
                .until(() -> studies.find("under-policy").flatMap(refitter::fit).isPresent());
        String report = given().get("/studies/under-policy/report").asString();
        Path file = Files.createTempFile("report", ".html");
        Files.writeString(file, report);
        for (String page :
                List.of(service + "#under-policy", service + "studies/under-policy/report", file.toUri() + "")) {
            try (Chromium chromium = Chromium.open(browser(), "about:blank")) {
                chromium.navigate(page, RECORD);
                await().atMost(TIMEOUT)
                        .until(
                                () -> chromium.text("document.getElementById('run-count')?.textContent ?? ''"),
                                "showing 1–30 of 30"::equals);
                await().atMost(TIMEOUT)
                        .until(() -> chromium.evaluate("document.querySelectorAll('#models tbody tr').length")
                                        .asInt()
                                > 0);
                assertThat(chromium.evaluate("window.violations").valueStream().map(Object::toString))
                        .as(page)
                        .isEmpty();
            }
        }
        Files.delete(file);
    }

    private static Path browser() {
        Optional<Path> browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so no page can be looked at");
        return browser.get();
    }
}
