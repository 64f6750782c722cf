package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.PlantedTable;

/** The list of studies, the ways to begin one, and the page of one run. */
@QuarkusTest
class PageStartTest extends PageTest {
    private static final String SAID = "document.getElementById('import-said').textContent";

    /** Puts a file into the form and sends it. */
    private static void send(Chromium chromium, String name, String text) {
        chromium.evaluate(
                "(() => { const files = new DataTransfer(); files.items.add(new File([`" + text + "`], '" + name
                        + "')); const field = document.getElementById('import-file'); field.files = files.files;"
                        + " field.dispatchEvent(new Event('change')); document.getElementById('import-send').click(); })()");
    }

    @Test
    void withoutAStudyTheStudiesAreListedAndALinkOpensOne() throws Exception {
        publishAndAwait(PlantedStudy.ofSix("start-listed", 60, 5));
        try (Chromium chromium = open("")) {
            await().atMost(TIMEOUT)
                    .until(
                            () -> texts(chromium, "#study-list tbody tr"),
                            rows -> rows.stream()
                                    .anyMatch(row -> row.startsWith("start-listed")
                                            && row.contains("6 / 6")
                                            && row.contains("100 %")
                                            && row.contains(" ago")));
            assertThat(chromium.evaluate("document.querySelector('[data-page=study]').hidden")
                            .asBoolean())
                    .isTrue();
            click(chromium, "#study-list a[href='#start-listed']");
            awaitRuns(chromium, 6);
            chromium.evaluate("document.getElementById('home').click()");
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body.dataset.shown"), "studies"::equals);
        }
    }

    @Test
    void aStudyThatIsNotThereYetIsOpenedWhenItIsPlanned() throws Exception {
        try (Chromium chromium = open("#start-later")) {
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.text("document.getElementById('studies-note').textContent"),
                            words -> words.contains("no study start-later yet"));
            publish(PlantedStudy.ofSix("start-later", 60, 5).all());
            awaitRuns(chromium, 6);
        }
    }

    @Test
    void aFileIsImportedAndABadOneSaysItsLine() throws Exception {
        try (Chromium chromium = open("")) {
            send(chromium, "Start Bad.csv", "run,N,D,C,loss\\na,1e6,1e8,6e14,zero\\n");
            await().atMost(TIMEOUT).until(() -> chromium.text(SAID), words -> words.startsWith("line 2"));
            assertThat(chromium.text("document.getElementById('import-study').value"))
                    .isEqualTo("start-bad");
            String good = PlantedTable.ofManyRuns(15, 12, 3).replace("\n", "\\n");
            send(chromium, "start-good.csv", good);
            awaitRuns(chromium, 15);
            assertThat(hash(chromium)).isEqualTo("#start-good");
        }
    }

    @Test
    void aRunHasItsOwnPage() throws Exception {
        PlantedStudy planted = PlantedStudy.ofSix("start-run", 60, 5);
        publishAndAwait(planted);
        String run = planted.specs().getFirst().runId();
        try (Chromium chromium = open("#start-run")) {
            awaitRuns(chromium, 6);
            click(chromium, "#runs tbody tr a.run");
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body.dataset.shown"), "run"::equals);
            assertThat(hash(chromium)).isEqualTo("#start-run/" + run);
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.text("document.getElementById('run-yaml').textContent"),
                            words -> words.contains("seed: ") && words.contains("tokenBudgets:"));
            assertThat(chromium.text("document.getElementById('run-facts').textContent"))
                    .contains("Epochs", "Recipe", "planted device", "of the device's peak (MFU)");
            assertThat(texts(chromium, "#run-spans tr"))
                    .singleElement()
                    .asString()
                    .contains("planted", "planted device");
            assertThat(texts(chromium, "#run-changes tr")).first().asString().contains("completed");
            click(chromium, "#run-note button");
            chromium.evaluate("document.querySelector('#run-note input').value = 'odd later'; "
                    + "document.querySelector('#run-note form').requestSubmit()");
            await().atMost(TIMEOUT).until(() -> texts(chromium, "#run-note .tag"), List.of("odd", "later")::equals);
            String drawing = chromium.text("(async () => { const { drawingOf } = await import('/page/exports.js');"
                    + " return drawingOf(document.getElementById('run-loss-plot').closest('figure')); })()");
            assertThat(drawing)
                    .startsWith("<?xml")
                    .contains("<title>Loss of the run</title>", ">optimiser steps</text>");
            assertThat(texts(chromium, "#run-evaluations-body tr")).isNotEmpty();
            assertThat(texts(chromium, "#run-x option")).contains("hours since the first step");
            for (String plot : new String[] {"loss", "learningRate", "gradientNorm", "speed"}) {
                assertThat(chromium.evaluate("document.getElementById('run-" + plot + "-plot').clientWidth")
                                .asInt())
                        .as(plot)
                        .isPositive();
            }
            click(chromium, "#run-back");
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body.dataset.shown"), "study"::equals);
            await().atMost(TIMEOUT)
                    .until(
                            () -> texts(chromium, "#runs tbody tr .tags"),
                            tags -> tags.getFirst().equals("oddlater")
                                    || tags.getFirst().equals("odd later"));
        }
    }

    @Test
    void aRunThatIsNotThereIsSaid() throws Exception {
        publishAndAwait(PlantedStudy.ofSix("start-none", 60, 5));
        try (Chromium chromium = open("#start-none/nobody")) {
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.text("document.getElementById('run-problem').textContent"),
                            words -> words.contains("has no run 'nobody'"));
        }
    }
}
