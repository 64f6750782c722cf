package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.runtime.browser.Chromium;

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
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body?.dataset.shown"), "studies"::equals);
        }
    }

    @Test
    void studiesAreComparedFromTheListAndTheAddressKeepsWhich() throws Exception {
        importTable("start-one", grid(1));
        importTable("start-two", grid(8));
        try (Chromium chromium = open("")) {
            String link = "#study-list a[href='/compare.html#study=start-one']";
            await().atMost(TIMEOUT).until(() -> !texts(chromium, link).isEmpty());
            click(chromium, link);
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body?.dataset.shown"), "compare"::equals);
            await().atMost(TIMEOUT)
                    .until(() -> texts(chromium, "#compare-add option"), added -> added.contains("start-two"));
            assertThat(texts(chromium, "#compare-chosen .name")).containsExactly("start-one");
            set(chromium, "#compare-add", "start-two");
            await().atMost(TIMEOUT)
                    .until(
                            () -> texts(chromium, "#compare-verdicts p"),
                            told -> told.stream()
                                    .anyMatch(one -> one.startsWith("start-two is better than start-one at ")));
            assertThat(hash(chromium)).isEqualTo("#study=start-one&study=start-two");
            assertThat(texts(chromium, "#compare-members tbody th .name")).containsExactly("start-one", "start-two");
            set(chromium, "#answer-budget", "1e40");
            await().atMost(TIMEOUT)
                    .until(
                            () -> texts(chromium, "#compare-problem"),
                            said -> said.getFirst().contains("at most 10000.0 times are answered"));
            click(chromium, "#answer-usual");
            click(chromium, "#compare-chosen li:nth-child(2) button");
            await().atMost(TIMEOUT)
                    .until(
                            () -> texts(chromium, "#compare-verdicts p"),
                            told -> told.stream()
                                    .anyMatch(one -> one.startsWith("start-one is worse than start-two at ")));
            set(chromium, "#compare-xscale", "linear");
            assertThat(hash(chromium)).isEqualTo("#study=start-two&study=start-one&xs=linear");
        }
    }

    /** Final losses of seven sizes at four budgets, each as of a run of so many times its compute. */
    private static String grid(double worth) {
        StringBuilder csv = new StringBuilder("run,N,D,loss\n");
        for (int i = 0; i < 28; i++) {
            double n = 1e6 * Math.pow(2, Math.floorDiv(i, 4));
            double d = n * 5 * Math.pow(2, i % 4);
            double loss = 1.8 + 400 / Math.pow(Math.sqrt(worth) * n, 0.34) + 900 / Math.pow(Math.sqrt(worth) * d, 0.36);
            csv.append("r%d,%s,%s,%s\n".formatted(i, n, d, loss * (1 + 0.001 * Math.sin(37.0 * i))));
        }
        return csv.toString();
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
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body?.dataset.shown"), "run"::equals);
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
            await().atMost(TIMEOUT).until(() -> chromium.text("document.body?.dataset.shown"), "study"::equals);
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
