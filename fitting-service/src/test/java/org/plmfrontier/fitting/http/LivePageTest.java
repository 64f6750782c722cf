package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.runtime.browser.Chromium;

@QuarkusTest
class LivePageTest extends ServiceTest {
    /** Pixels of the plot that have a colour of their own: lines, points and bands, but no axis, grid or text. */
    private static final String COLOURED = """
            (() => {
              const canvas = document.querySelector('#loss-plot canvas');
              if (!canvas || !canvas.width) return 0;
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let coloured = 0;
              for (let i = 0; i < pixels.length; i += 4) {
                const channels = [pixels[i], pixels[i + 1], pixels[i + 2]];
                if (pixels[i + 3] > 60 && Math.max(...channels) - Math.min(...channels) > 70) coloured++;
              }
              return coloured;
            })()
            """;

    private static final String POINTS = "Number(document.documentElement?.dataset.points ?? 0)";

    @TestHTTPResource("/")
    URI page;

    @Test
    void drawsTheCurvesAndUpdatesThem() throws Exception {
        Optional<Path> browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
        PlantedStudy planted = PlantedStudy.ofSix("watched", 120, 5);
        List<TrainingEvent> training = planted.training();
        publish(planted.plans());
        publish(training.subList(0, 300));
        await().atMost(TIMEOUT)
                .until(() -> studies.find("watched")
                        .flatMap(refitter::fit)
                        .filter(fit -> fit.study().doneFlops() > 0)
                        .isPresent());

        try (Chromium chromium = Chromium.open(browser.get(), page + "#watched")) {
            await().atMost(TIMEOUT).until(() -> chromium.evaluate(COLOURED).asInt() > 500);
            int points = chromium.evaluate(POINTS).asInt();
            String first = chromium.evaluate("document.querySelector('#runs tbody').innerText")
                    .asText();
            assertThat(chromium.evaluate("document.querySelectorAll('#runs tbody tr').length")
                            .asInt())
                    .isEqualTo(6);
            assertThat(chromium.evaluate("document.getElementById('studies').value")
                            .asText())
                    .isEqualTo("watched");
            assertThat(first).contains("training");

            publish(training.subList(300, training.size()));
            await().atMost(TIMEOUT).until(() -> chromium.evaluate(POINTS).asInt() > points);
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.evaluate("document.getElementById('percent')?.textContent ?? ''")
                                    .asText(),
                            "100 %"::equals);
            assertThat(chromium.evaluate("document.querySelector('#runs tbody').innerText")
                            .asText())
                    .isNotEqualTo(first)
                    .contains("completed");
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.evaluate("document.getElementById('answer')?.innerText ?? ''")
                                    .asText(),
                            text -> text.contains("from 18 final losses"));
        }
    }

    @Test
    void offersTheFamiliesOfAMixedStudyAndShowsTheMethodsOfTheChosenOne() throws Exception {
        Optional<Path> browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
        publishAndAwait(PlantedStudy.ofTwoFamilies("watched-mixed", 120, 5));
        try (Chromium chromium = Chromium.open(browser.get(), page + "#watched-mixed")) {
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelectorAll('#methods tbody tr').length")
                                    .asInt()
                            == 6);
            assertThat(chromium.evaluate("document.getElementById('family-picker').hidden")
                            .asBoolean())
                    .isFalse();
            assertThat(chromium.evaluate("document.getElementById('families').value")
                            .asText())
                    .isEqualTo("CAUSAL");
            String causal = chromium.evaluate("document.querySelector('#methods tbody').innerText")
                    .asText();
            chromium.evaluate("(() => { const picker = document.getElementById('families'); picker.value = 'ESM2';"
                    + " picker.dispatchEvent(new Event('change')); })()");
            assertThat(chromium.evaluate("document.querySelector('#methods tbody').innerText")
                            .asText())
                    .isNotEqualTo(causal);
            assertThat(chromium.evaluate("document.querySelector('#runs tbody').innerText")
                            .asText())
                    .contains("ESM2")
                    .contains("CAUSAL");
        }
    }

    @Test
    void showsWhatIsWrongWithAnImportedFile() throws Exception {
        Optional<Path> browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
        given().contentType("text/csv")
                .queryParam("study", "watched-file")
                .body("run,N,D,C,loss\ngood,1e6,1e8,6e14,3.1\nbetter,2e6,1e8,12e14,3.0\nbad,1e6,1e8,6e14,NaN\n")
                .post("/imports")
                .then()
                .statusCode(201);
        try (Chromium chromium = Chromium.open(browser.get(), page + "#watched-file")) {
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.evaluate("document.querySelector('#findings tbody')?.innerText ?? ''")
                                    .asText(),
                            text -> text.contains("'NaN' is not a positive number") && text.contains("set apart"));
            assertThat(chromium.evaluate("document.querySelectorAll('#runs tbody tr').length")
                            .asInt())
                    .isEqualTo(2);
            assertThat(chromium.evaluate("document.getElementById('family-picker').hidden")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void saysWhyItCannotFitOneRun() throws Exception {
        Optional<Path> browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium on the PATH, so the page cannot be looked at");
        publishAndAwait(PlantedStudy.ofMany("lonely", 1, 60, 5));
        try (Chromium chromium = Chromium.open(browser.get(), page + "#lonely")) {
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.evaluate("document.getElementById('studies')?.value ?? ''")
                                    .asText(),
                            "lonely"::equals);
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.evaluate("document.getElementById('answer-lines')?.innerText ?? ''")
                                    .asText(),
                            text -> text.contains("not decided yet") && text.contains("at least 10 final losses"));
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.evaluate("document.getElementById('size-plot')?.ariaLabel ?? ''")
                                    .asText(),
                            text -> text.contains("cannot fit yet"));
        }
    }
}
