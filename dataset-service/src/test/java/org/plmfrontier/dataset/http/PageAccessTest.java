package org.plmfrontier.dataset.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.runtime.browser.Barriers;
import org.plmfrontier.runtime.browser.Chromium;

/** Who reads the service's pages by keyboard, screen reader or small screen. */
@QuarkusTest
class PageAccessTest extends ServiceScene {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A form that is filled in, with everything open that can be. */
    private static final String FILL_IN = """
            (() => {
              document.querySelector('input[value=grid]').click();
              const state = { sizes: '100k, 200k', unit: 'tokenBudgets', budgets: '2k, 4k' };
              for (const [id, value] of Object.entries(state)) document.getElementById(id).value = value;
              document.getElementById('form').dispatchEvent(new Event('input', { bubbles: true }));
              document.querySelectorAll('details').forEach((one) => { one.open = true; });
            })()
            """;

    private static final String OPEN_ALL =
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })";

    @TestHTTPResource("/")
    URI service;

    private Optional<Path> browser = Optional.empty();

    @BeforeEach
    void needsABrowserAndAxe() {
        browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the pages cannot be looked at");
        assumeTrue(Files.exists(Barriers.AXE), "axe-core is not installed, so nobody looks for barriers: npm ci");
    }

    @Test
    void axeFindsNothingSeriousOnTheFormOfANewStudy() throws Exception {
        try (Chromium chromium = open("study.html#" + corpus, "document.getElementById('corpus').options.length > 0")) {
            chromium.evaluate(FILL_IN);
            awaitThat(chromium, "document.querySelectorAll('#cells tr').length === 3");
            awaitThat(chromium, "!document.getElementById('start').disabled");
            assertThat(chromium.text("document.getElementById('studyFile').textContent"))
                    .as("the same as a file")
                    .contains("corpus: \"" + corpus + "\"", "tokenBudgets: [\"2k\",\"4k\"]");
            assertThat(Barriers.of(chromium)).isEmpty();
            assertFits(chromium);
            chromium.evaluate("(() => { document.getElementById('budgets').value = 'much';"
                    + " document.getElementById('form').dispatchEvent(new Event('input', { bubbles: true })); })()");
            awaitThat(chromium, "!document.querySelector('.problem[data-field=budgets]').hidden");
            assertThat(Barriers.of(chromium)).as("with a problem").isEmpty();
        }
    }

    @Test
    void axeFindsNothingSeriousOnTheStudies() throws Exception {
        submit(study("access", "2000,4000")).statusCode(201);
        try (Chromium chromium = open("studies.html", "document.querySelectorAll('#studies tr').length > 1")) {
            assertThat(Barriers.of(chromium)).isEmpty();
            assertFits(chromium);
        }
        try (Chromium chromium = open("studies.html#access", "document.querySelectorAll('#runs tr').length === 3")) {
            chromium.evaluate(OPEN_ALL);
            assertThat(Barriers.of(chromium)).isEmpty();
            assertFits(chromium);
            chromium.evaluate("document.querySelector('#actions button').click()");
            awaitThat(chromium, "document.getElementById('ask').open");
            assertThat(Barriers.of(chromium)).as("asked whether it is meant").isEmpty();
        }
    }

    @Test
    void axeFindsNothingSeriousOnTheCorpora() throws Exception {
        try (Chromium chromium =
                open("corpora.html#" + corpus, "document.querySelectorAll('#composition rect').length > 10")) {
            awaitThat(chromium, "document.querySelectorAll('#options tr').length > 5");
            assertThat(Barriers.of(chromium)).isEmpty();
            assertFits(chromium);
        }
    }

    private static void assertFits(Chromium chromium) {
        chromium.resize(360);
        awaitThat(chromium, "innerWidth === 360");
        assertThat(chromium.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(360);
        chromium.resize(1400);
        awaitThat(chromium, "innerWidth === 1400");
    }

    private Chromium open(String page, String shown) throws Exception {
        Chromium chromium = Chromium.open(browser.orElseThrow(), service + page);
        awaitThat(chromium, shown);
        return chromium;
    }

    private static void awaitThat(Chromium chromium, String holds) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(chromium.evaluate(holds).asBoolean())
                        .as(holds)
                        .isTrue());
    }
}
