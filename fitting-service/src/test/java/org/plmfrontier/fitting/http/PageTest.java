package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.runtime.browser.Chromium;

/** What tests have in common that look at the page in a browser. */
abstract class PageTest extends ServiceTest {
    @TestHTTPResource("/")
    URI service;

    private Optional<Path> browser = Optional.empty();

    @BeforeEach
    void needsABrowser() {
        browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
    }

    /** The page at an address behind the service's. */
    Chromium open(String hash) throws Exception {
        Chromium chromium = Chromium.open(browser.orElseThrow(), service + hash);
        await().atMost(TIMEOUT)
                .until(() -> chromium.evaluate("document.body?.dataset.shown != null")
                        .asBoolean());
        return chromium;
    }

    void importTable(String study, String csv) {
        given().contentType("text/csv")
                .queryParam("study", study)
                .body(csv.getBytes(UTF_8))
                .post("/imports")
                .then()
                .statusCode(201);
        await().atMost(TIMEOUT)
                .until(() -> studies.find(study).flatMap(refitter::fit).isPresent());
    }

    static void awaitRuns(Chromium chromium, int runs) {
        await().atMost(TIMEOUT)
                .until(
                        () -> chromium.evaluate("document.querySelectorAll('#runs tbody tr[data-run]').length")
                                .asInt(),
                        count -> count == runs);
    }

    static List<String> texts(Chromium chromium, String selector) {
        return chromium.evaluate("[...document.querySelectorAll(`" + selector + "`)].map((one) => one.textContent)")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    static List<String> names(Chromium chromium) {
        return texts(chromium, "#runs tbody tr[data-run] th .name");
    }

    static void click(Chromium chromium, String selector) {
        chromium.evaluate("document.querySelector(`" + selector + "`).click()");
    }

    /** Sets a field or a selection as a person does. */
    static void set(Chromium chromium, String selector, String value) {
        chromium.evaluate("(() => { const field = document.querySelector(`" + selector + "`); field.value = `" + value
                + "`; field.dispatchEvent(new Event('input', {bubbles: true}));"
                + " field.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    static String hash(Chromium chromium) {
        return chromium.text("location.hash");
    }
}
