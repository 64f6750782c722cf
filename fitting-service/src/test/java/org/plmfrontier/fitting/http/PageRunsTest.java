package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.runtime.browser.Chromium;

/** The table of runs and the plot of losses, as a person uses them. */
@QuarkusTest
class PageRunsTest extends PageTest {
    private static final String BOX = "(() => { const box = document.querySelector('#loss-plot .u-over')"
            + ".getBoundingClientRect(); return [box.left, box.top, box.width, box.height]; })()";

    /** What a click on a button saves, instead of saving it: its name and its first bytes as text. */
    private static final String CATCH = """
            (() => {
              window.saved = [];
              const files = new Map();
              const before = URL.createObjectURL;
              URL.createObjectURL = (blob) => {
                const address = before.call(URL, blob);
                files.set(address, blob);
                return address;
              };
              HTMLAnchorElement.prototype.click = async function () {
                const blob = files.get(this.href);
                window.saved.push([this.download, blob.type, await blob.slice(0, 120).text(), blob.size]);
              };
            })()
            """;

    @Test
    void runsAreFilteredByExpressionsAndGroupedAndAWrongExpressionIsASentence() throws Exception {
        importTable("runs-filtered", PlantedTable.ofManyRuns(45, 12, 3));
        try (Chromium chromium = open("#runs-filtered")) {
            awaitRuns(chromium, 45);
            set(chromium, "#run-search", "size>100M loss<9");
            assertThat(names(chromium)).hasSize(15).contains("sweep-44").doesNotContain("sweep-0");
            set(chromium, "#run-search", "siz>100M");
            assertThat(names(chromium)).as("the table stays").hasSize(15);
            assertThat(chromium.text("document.getElementById('run-filter-problem').textContent"))
                    .startsWith("there is no field 'siz'");
            set(chromium, "#run-search", "");

            set(chromium, "#run-group", "size");
            assertThat(texts(chromium, "#runs tbody tr.group .fold"))
                    .hasSize(15)
                    .startsWith("1.00M parameters");
            click(chromium, "#runs tbody tr.group .fold");
            assertThat(chromium.text("document.querySelector('#runs .fold').ariaExpanded"))
                    .isEqualTo("false");
            assertThat(names(chromium)).hasSize(42).doesNotContain("sweep-0");
        }
    }

    @Test
    void chosenRunsAreDrawnAndABaselineStandsFirst() throws Exception {
        importTable("runs-chosen", PlantedTable.ofManyRuns(30, 12, 3));
        try (Chromium chromium = open("#runs-chosen")) {
            awaitRuns(chromium, 30);
            assertThat(drawn(chromium)).isEqualTo(30);
            click(chromium, "#runs tbody tr input");
            assertThat(drawn(chromium)).isEqualTo(29);
            set(chromium, "#run-search", "size>100M");
            click(chromium, "#runs-hide");
            assertThat(chromium.text("document.getElementById('runs-drawn').textContent"))
                    .isEqualTo("19 of 30 drawn");
            assertThat(drawn(chromium)).isEqualTo(19);
            set(chromium, "#run-search", "");
            click(chromium, "#runs-draw");
            assertThat(drawn(chromium)).isEqualTo(30);

            click(chromium, "#runs tbody tr:nth-child(12) .pin");
            assertThat(names(chromium).getFirst()).isEqualTo("sweep-11");
            List<String> apart = texts(chromium, "#runs tbody tr .strong .difference");
            assertThat(apart.getFirst()).isEmpty();
            assertThat(apart.subList(1, 30)).allMatch(words -> words.matches("[+−±]\\d\\.\\d{3}"));
        }
    }

    @Test
    void aLinkKeepsTheView() throws Exception {
        publishAndAwait(PlantedStudy.ofSix("runs-linked", 60, 5));
        String link;
        try (Chromium chromium = open("#runs-linked")) {
            awaitRuns(chromium, 6);
            assertThat(texts(chromium, "#loss-x option"))
                    .containsExactly("training FLOPs", "training tokens", "epochs", "optimiser steps");
            click(chromium, "[data-sort=loss]");
            set(chromium, "#run-search", "size>50k");
            set(chromium, "#loss-x", "tokens");
            set(chromium, "#loss-xscale", "linear");
            set(chromium, "#run-colour", "run");
            set(chromium, "#loss-smoothing", "100");
            click(chromium, "#runs tbody tr input");
            await().atMost(TIMEOUT).until(() -> hash(chromium), hash -> hash.contains("runs=not"));
            link = hash(chromium);
        }
        try (Chromium chromium = open(link)) {
            awaitRuns(chromium, 5);
            assertThat(chromium.text("document.getElementById('run-search').value"))
                    .isEqualTo("size>50k");
            assertThat(chromium.text("document.querySelector('[data-sort=loss]').closest('th').ariaSort"))
                    .isEqualTo("ascending");
            assertThat(chromium.text("document.getElementById('loss-x').value")).isEqualTo("tokens");
            assertThat(chromium.text("document.getElementById('loss-xscale').value"))
                    .isEqualTo("linear");
            assertThat(chromium.text("document.getElementById('loss-weight').textContent"))
                    .isEqualTo("0.5");
            assertThat(drawn(chromium)).isEqualTo(5);
            assertThat(texts(chromium, "#loss-legend button")).as("a run each").hasSize(6);
            assertThat(chromium.text("document.getElementById('loss-fitted').ariaPressed"))
                    .isEqualTo("false");
        }
    }

    @Test
    void aDragZoomsTheLossesAndADoubleClickShowsAllAgain() throws Exception {
        importTable("runs-zoomed", PlantedTable.ofManyRuns(15, 12, 3));
        try (Chromium chromium = open("#runs-zoomed")) {
            awaitRuns(chromium, 15);
            chromium.evaluate("document.getElementById('loss-plot').scrollIntoView({block: 'center'})");
            List<Integer> box =
                    chromium.evaluate(BOX).valueStream().map(JsonNode::asInt).toList();
            int middle = box.get(0) + box.get(2) / 2;
            int top = box.get(1) + box.get(3) / 4;
            chromium.drag(middle, top, middle + 3, top + box.get(3) / 2);
            await().atMost(TIMEOUT).until(() -> hash(chromium), hash -> hash.contains("zy="));
            assertThat(hash(chromium)).as("over the losses alone").doesNotContain("zx=");
            chromium.drag(middle, top, middle + box.get(2) / 4, top + 2);
            await().atMost(TIMEOUT).until(() -> hash(chromium), hash -> hash.contains("zx="));
            click(chromium, "#loss-unzoom");
            await().atMost(TIMEOUT).until(() -> hash(chromium), "#runs-zoomed"::equals);

            chromium.point(middle, top + box.get(3) / 4);
            await().atMost(TIMEOUT)
                    .until(
                            () -> chromium.text("document.getElementById('loss-place').textContent"),
                            words -> words.matches("At .* FLOPs: \\d+ of 15 drawn runs"));
            List<Double> values = texts(chromium, "#loss-values b").stream()
                    .map(Double::valueOf)
                    .toList();
            assertThat(values).isNotEmpty().isSorted();
        }
    }

    @Test
    void eachFigureIsSavedAsTableAndAsPicture() throws Exception {
        importTable("runs-saved", PlantedTable.ofManyRuns(15, 12, 3));
        try (Chromium chromium = open("#runs-saved")) {
            awaitRuns(chromium, 15);
            chromium.evaluate(CATCH);
            for (String plot : List.of("loss", "size")) {
                for (int button : List.of(1, 2)) {
                    click(chromium, "figure:has(#" + plot + "-plot) .exports button:nth-child(" + button + ")");
                }
            }
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("window.saved.length").asInt() == 4);
            JsonNode saved = chromium.evaluate("window.saved.sort()");
            assertThat(IntStream.range(0, 4).mapToObj(i -> saved.get(i).get(0).asText()))
                    .containsExactly(
                            "runs-saved-loss.csv", "runs-saved-loss.png", "runs-saved-size.csv", "runs-saved-size.png");
            assertThat(saved.get(0).get(2).asText())
                    .startsWith("run,run_id,training FLOPs,loss_nats,kind\r\nsweep-0,runs-saved.import.");
            assertThat(saved.get(2).get(2).asText()).startsWith("what,method,compute_flops,parameters,low,high\r\n");
            assertThat(saved.get(1).get(2).asText()).contains("PNG");
            assertThat(saved.get(1).get(3).asInt()).as("bytes of the picture").isGreaterThan(5000);
        }
    }

    /** Curves that are drawn. */
    private static int drawn(Chromium chromium) {
        return chromium.evaluate("Number(document.documentElement.dataset.curves)")
                .asInt();
    }
}
