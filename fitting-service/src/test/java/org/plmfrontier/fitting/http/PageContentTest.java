package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.runtime.browser.Chromium;

/** What the page shows of tables as people bring them: many runs, curves whose methods disagree, names of any kind. */
@QuarkusTest
class PageContentTest extends ServiceTest {
    private static final String ROWS = "document.querySelectorAll('#runs tbody tr').length";
    private static final String COUNT = "document.getElementById('run-count').textContent";

    private static final String ANSWER = "document.getElementById('answer-lines')?.innerText ?? ''";

    /** Paints the loss plot again and writes down its marks in their order; news may paint it again, so those of the last time. */
    private static final String MARKS = """
            import('plm/painter').then(async ({ Painter }) => {
              const marks = [];
              let latest = null;
              for (const mark of ['line', 'diamond']) {
                const before = Painter.prototype[mark];
                Painter.prototype[mark] = function (...all) {
                  if (this.plot.root.parentElement.id === 'loss-plot') {
                    if (this !== latest) marks.length = 0;
                    latest = this;
                    marks.push(mark);
                  }
                  return before.apply(this, all);
                };
              }
              document.getElementById('loss-yscale').dispatchEvent(new Event('change'));
              await new Promise((painted) => setTimeout(painted, 50));
              return marks;
            })
            """;

    /** What is wider than the window although nothing around it scrolls. */
    private static final String TOO_WIDE = """
            [...document.querySelectorAll('body *')]
                .filter((one) => !one.closest('.scroll, .whisker, .uplot') || one.matches('.scroll'))
                .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
                .map((one) => one.tagName + '.' + one.className + '#' + one.id)
            """;

    @TestHTTPResource("/")
    URI page;

    private Optional<Path> browser = Optional.empty();

    @BeforeEach
    void needsABrowser() {
        browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
    }

    @Test
    void showsEachOfThreeHundredRunsInATableThatIsPagedSearchedAndSorted() throws Exception {
        try (Chromium chromium = open("three-hundred", PlantedTable.ofManyRuns(300, 12, 3))) {
            await().atMost(TIMEOUT).until(() -> chromium.text(COUNT), "showing 1–100 of 300"::equals);
            assertThat(chromium.evaluate(ROWS).asInt()).isEqualTo(100);
            assertThat(names(chromium).getFirst()).isEqualTo("sweep-0");
            click(chromium, "#runs-on");
            click(chromium, "#runs-on");
            assertThat(chromium.text(COUNT)).isEqualTo("showing 201–300 of 300");
            assertThat(names(chromium)).hasSize(100).last().isEqualTo("sweep-299");
            click(chromium, "#runs-all");
            assertThat(names(chromium)).hasSize(300).doesNotHaveDuplicates();

            click(chromium, "[data-sort=heldOut]");
            click(chromium, "[data-sort=heldOut]");
            assertThat(losses(chromium)).hasSize(300).isSortedAccordingTo((one, other) -> Double.compare(other, one));
            assertThat(chromium.text("document.querySelector('[aria-sort=descending]').innerText"))
                    .contains("Last");
            search(chromium, "sweep-12");
            assertThat(chromium.text(COUNT)).isEqualTo("showing 1–11 of 11 that match, 300 in all");
            search(chromium, "nothing-like-it");
            assertThat(chromium.text(COUNT)).isEqualTo("no run matches, 300 in all");
        }
    }

    @Test
    void drawsEveryCurveOverOneDiamondPerRun() throws Exception {
        try (Chromium chromium = open("eighty-two", PlantedTable.ofContradictingCurves(4))) {
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("Number(document.documentElement?.dataset.points ?? 0)")
                                    .asInt()
                            == 82 * 22);
            List<String> marks =
                    chromium.evaluate(MARKS).valueStream().map(JsonNode::asText).toList();
            assertThat(marks.stream().filter("diamond"::equals)).hasSize(82);
            assertThat(marks.subList(marks.lastIndexOf("diamond"), marks.size()).stream()
                            .filter("line"::equals))
                    .as("curves over the last diamond")
                    .hasSize(82);
            assertThat(chromium.evaluate("document.querySelectorAll('#loss-legend span').length")
                            .asInt())
                    .as("a legend by size")
                    .isLessThanOrEqualTo(9);
        }
    }

    @Test
    void givesEachKnownModelOneRow() throws Exception {
        try (Chromium chromium = open("models", PlantedTable.ofManyRuns(60, 12, 5))) {
            JsonNode family = family("models");
            int placed = family.path("catalog").path("placed").size();
            assertThat(placed).isPositive();
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelectorAll('#models tbody tr').length")
                                    .asInt()
                            == placed);
            assertThat(chromium.text("document.getElementById('agreement').textContent"))
                    .startsWith(agreement(family.path("exponents").path("a")));
        }
    }

    @Test
    void namesOfAnyKindWidenNothingAndRunNothing() throws Exception {
        List<String> names = List.of(
                "n".repeat(400),
                "<img src=x onerror=\"window.pwned=1\">",
                "</script><script>window.pwned=2</script>",
                "\u202eright to left\u202c and \u2067isolated",
                "\u05d0".repeat(300),
                "a 'quoted' \"name\" & &amp; `${window.pwned=3}`");
        try (Chromium chromium = open("named", PlantedTable.ofNames(names, 6))) {
            await().atMost(TIMEOUT).until(() -> chromium.text(COUNT), "showing 1–6 of 6"::equals);
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelectorAll('#methods tbody tr').length")
                                    .asInt()
                            > 0);
            for (int width : List.of(1400, 800, 390)) {
                chromium.resize(width);
                await().atMost(TIMEOUT)
                        .until(() -> chromium.evaluate("innerWidth").asInt() == width);
                assertThat(chromium.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .as("width of the page in a window of " + width)
                        .isLessThanOrEqualTo(width);
                assertThat(chromium.evaluate(TOO_WIDE).valueStream().map(JsonNode::asText))
                        .as("what is too wide for a window of " + width)
                        .isEmpty();
            }
            assertThat(names(chromium)).containsExactlyElementsOf(names);
            assertThat(chromium.evaluate(
                                    "[...document.querySelectorAll('#runs tbody .name')].map((name) => name.title)")
                            .valueStream()
                            .map(JsonNode::asText))
                    .containsAll(names);
            assertThat(chromium.evaluate("[...document.querySelectorAll('#runs tbody .name')]"
                                    + ".every((name) => getComputedStyle(name).unicodeBidi === 'isolate')")
                            .asBoolean())
                    .isTrue();
            assertThat(chromium.text("String(window.pwned)")).isEqualTo("undefined");
        }
    }

    @Test
    void answersTheBudgetThatAPersonTypesAndShowsThePastOfItsForecasts() throws Exception {
        try (Chromium chromium = open("asked", PlantedTable.ofGrid(6, 3))) {
            await().atMost(TIMEOUT).until(() -> chromium.text(ANSWER), text -> text.contains("half the size"));
            String usual = chromium.text(ANSWER);
            assertThat(usual).contains("parameters", "tokens per parameter", "nats", " to ", "twice the size");
            assertThat(chromium.text("document.getElementById('answer-age').textContent"))
                    .startsWith("computed ");
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelectorAll('#calibration tbody tr').length")
                                    .asInt()
                            >= 2);
            assertThat(chromium.text("document.getElementById('weights').textContent"))
                    .contains("Hoffmann's law", " %");

            budget(chromium, "1e18");
            await().atMost(TIMEOUT)
                    .until(() -> chromium.text(ANSWER), text -> text.contains("half the size") && !text.equals(usual));
            budget(chromium, "1e30");
            await().atMost(TIMEOUT)
                    .until(() -> chromium.text(ANSWER), text -> text.contains("times the largest 6 N D"));
            budget(chromium, "plenty");
            assertThat(chromium.text("document.getElementById('answer-problem').textContent"))
                    .isEqualTo("'plenty' is no number of FLOPs, as 3e15 is");
            click(chromium, "#answer-usual");
            await().atMost(TIMEOUT).until(() -> chromium.text(ANSWER), usual::equals);
        }
    }

    @Test
    void worksUnderAPolicyThatAllowsNoInlineScriptOrStyle() throws Exception {
        importTable("guarded", PlantedTable.ofManyRuns(30, 12, 7));
        String policy = "Content-Security-Policy: default-src 'none'; script-src 'self' 'sha256-" + hashOfImportMap()
                + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'\r\n";
        try (FaultyProxy proxy = new FaultyProxy(page, policy);
                Chromium chromium = Chromium.open(browser.get(), "about:blank")) {
            chromium.navigate(proxy.page("guarded"), """
                    window.violations = [];
                    document.addEventListener('securitypolicyviolation',
                        (event) => window.violations.push(event.violatedDirective + ' ' + event.sourceFile + ':' + event.lineNumber));
                    """);
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.text("document.getElementById('run-count')?.textContent ?? ''"),
                            "showing 1–30 of 30"::equals);
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelectorAll('#models tbody tr').length")
                                    .asInt()
                            > 0);
            assertThat(chromium.evaluate("window.violations").valueStream().map(JsonNode::asText))
                    .isEmpty();
        }
    }

    private Chromium open(String study, String csv) throws Exception {
        importTable(study, csv);
        Chromium chromium = Chromium.open(browser.get(), page + "#" + study);
        await().atMost(TIMEOUT)
                .until(() -> chromium.evaluate("document.getElementById('run-count') != null")
                        .asBoolean());
        return chromium;
    }

    private void importTable(String study, String csv) {
        given().contentType("text/csv")
                .queryParam("study", study)
                .body(csv.getBytes(UTF_8))
                .post("/imports")
                .then()
                .statusCode(201);
        await().atMost(TIMEOUT)
                .until(() -> studies.find(study).flatMap(refitter::fit).isPresent());
    }

    private static JsonNode family(String study) throws Exception {
        return new ObjectMapper()
                .readTree(given().get("/studies/" + study + "/families").asString())
                .get(0);
    }

    private static String agreement(JsonNode exponent) {
        if (exponent.path("byMethod").size() < 2) {
            return "";
        }
        return exponent.hasNonNull("together")
                ? "Of a the intervals of "
                : "Of a they have none: the methods disagree, from ";
    }

    private static void budget(Chromium chromium, String words) {
        chromium.evaluate("(() => { const field = document.getElementById('answer-budget'); field.value = '" + words
                + "'; field.dispatchEvent(new Event('input')); })()");
    }

    private static List<String> names(Chromium chromium) {
        return chromium.evaluate(
                        "[...document.querySelectorAll('#runs tbody th .name')].map((name) => name.textContent)")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** The column of last losses. */
    private static List<Double> losses(Chromium chromium) {
        return chromium.evaluate(
                        "[...document.querySelectorAll('#runs tbody tr')].map((row) => Number(row.cells[8].textContent))")
                .valueStream()
                .map(JsonNode::asDouble)
                .toList();
    }

    private static void click(Chromium chromium, String selector) {
        chromium.evaluate("document.querySelector('" + selector + "').click()");
    }

    private static void search(Chromium chromium, String words) {
        chromium.evaluate("(() => { const field = document.getElementById('run-search'); field.value = '" + words
                + "'; field.dispatchEvent(new Event('input')); })()");
    }

    private static String hashOfImportMap() throws Exception {
        String html = Files.readString(Path.of("src/main/resources/META-INF/resources/index.html"));
        Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(map.find()).isTrue();
        return Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(UTF_8)));
    }
}
