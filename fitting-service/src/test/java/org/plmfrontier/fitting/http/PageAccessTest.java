package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.runtime.browser.Barriers;
import org.plmfrontier.runtime.browser.Chromium;

/** Who reads the page by keyboard, screen reader or small screen. */
@QuarkusTest
class PageAccessTest extends PageTest {
    /** What is wider than the window although nothing around it scrolls. */
    private static final String TOO_WIDE = """
            [...document.querySelectorAll('body *')]
                .filter((one) => !one.closest('.scroll, .whisker, .uplot, pre') || one.matches('.scroll, pre'))
                .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
                .map((one) => one.tagName + '.' + one.className + '#' + one.id)
            """;

    @Test
    void axeFindsNothingSeriousInEitherColourScheme() throws Exception {
        assumeTrue(Files.exists(Barriers.AXE), "axe-core is not installed, so nobody looks for barriers: npm ci");
        PlantedStudy planted = PlantedStudy.ofSix("access", 60, 5);
        publishAndAwait(planted);
        publishAndAwait(PlantedStudy.ofSix("access-too", 60, 6));
        String run = planted.specs().getFirst().runId();
        for (String hash :
                List.of("", "#access?group=size", "#access/" + run, "compare.html#study=access&study=access-too")) {
            try (Chromium chromium = open(hash)) {
                settled(chromium, hash);
                chromium.evaluate("document.getElementById('start')?.setAttribute('open', '')");
                assertThat(Barriers.of(chromium)).as("page " + hash).isEmpty();
            }
        }
    }

    @Test
    void nothingOverflowsAWindowOf360Pixels() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("access-narrow", 60, 5);
        publishAndAwait(planted);
        publishAndAwait(PlantedStudy.ofSix("access-thin", 60, 6));
        String run = planted.specs().getFirst().runId();
        for (String hash : List.of(
                "",
                "#access-narrow?group=size",
                "#access-narrow/" + run,
                "compare.html#study=access-narrow&study=access-thin")) {
            try (Chromium chromium = open(hash)) {
                settled(chromium, hash);
                chromium.evaluate("document.getElementById('start')?.setAttribute('open', '')");
                chromium.resize(360);
                await().atMost(TIMEOUT)
                        .until(() -> chromium.evaluate("innerWidth").asInt() == 360);
                assertThat(chromium.evaluate(TOO_WIDE).valueStream().map(JsonNode::asText))
                        .as("too wide on page " + hash)
                        .isEmpty();
                assertThat(chromium.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .isLessThanOrEqualTo(360);
            }
        }
    }

    private static void settled(Chromium chromium, String hash) {
        String ready = hash.startsWith("compare")
                ? "document.querySelectorAll('#compare-differences tbody tr').length > 0"
                : page(hash);
        await().atMost(TIMEOUT).until(() -> chromium.evaluate(ready).asBoolean());
    }

    private static String page(String hash) {
        return hash.isEmpty()
                ? "document.querySelectorAll('#study-list tbody tr').length > 0"
                : hash.contains("/")
                        ? "document.getElementById('run-yaml').textContent !== ''"
                        : "document.querySelectorAll('#runs tbody tr[data-run]').length === 6";
    }
}
