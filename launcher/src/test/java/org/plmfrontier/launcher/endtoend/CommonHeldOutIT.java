package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.CorpusBuild;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.RunView;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.suite.Suite;

/** Two data sets with one held-out set, compared through the real services, and after a restart. */
class CommonHeldOutIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int HELD_OUT = 80;
    private static final int EACH = 2500;
    /** So small that no weight of FP32 changes by it. */
    private static final double NOTHING = 1e-30;

    @TempDir
    Path folder;

    /** Ids of corpora. */
    private String real = "";

    private String random = "";
    private String own = "";
    private String taken = "";

    @Test
    void equalWeightsHaveEqualLossesAndTheBetterDataSetIsAhead() throws Exception {
        Path heldOut = write("heldout", proteins().subList(0, HELD_OUT));
        Path first = write("first", proteins().subList(0, EACH));
        Path second = write("second", randomised(proteins().subList(EACH, 2 * EACH)));
        List<String> before = new ArrayList<>();
        inSuite((suite, dataset, fitting) -> {
            real = corpus(dataset, first, Map.of("sources", List.of(heldOut.toString())));
            random = corpus(dataset, second, Map.of("sources", List.of(heldOut.toString())));
            own = corpus(dataset, second, Map.of());
            taken = corpus(dataset, first, Map.of("corpus", own));
            assertThat(manifest(dataset, real).at("/counts/setApart/HELD_OUT").asInt())
                    .isEqualTo(HELD_OUT);
            assertThat(manifest(dataset, random).get("heldOut"))
                    .isEqualTo(manifest(dataset, real).get("heldOut"));
            assertThat(manifest(dataset, taken).at("/heldOut/masks").asText()).isEqualTo(own);
            assertThatThrownBy(() -> dataset.delete("/corpora/" + own))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("the held-out part of corpus " + own + " is that of " + taken);
            equalWeightsHaveEqualLosses(suite, dataset, fitting);
            theBetterDataSetIsAhead(suite, dataset, fitting);
            before.addAll(answers(dataset, fitting));
        });
        inSuite((suite, dataset, fitting) -> {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(answers(dataset, fitting)).isEqualTo(before));
            assertThat(dataset.postLong("/corpora/" + taken + "/verification", Map.of())
                            .get("sound")
                            .asBoolean())
                    .isTrue();
            String digest = manifest(dataset, taken).at("/logs/heldOutSha256").asText();
            CorpusBuild.await(dataset, dataset.post("/corpora/" + taken + "/repair", Map.of()), look -> {});
            assertThat(dataset.get("/corpora/" + taken).get("problem").isNull()).isTrue();
            assertThat(manifest(dataset, taken).at("/logs/heldOutSha256").asText())
                    .isEqualTo(digest);
        });
    }

    /** Of weights that nothing trains, so that the corpus decides nothing but on what they are judged. */
    private void equalWeightsHaveEqualLosses(Suite suite, RestClient dataset, RestClient fitting) throws Exception {
        StudyDriver driver = new StudyDriver(dataset, fitting);
        List<List<OptionalDouble>> losses = new ArrayList<>();
        for (String corpus : List.of(real, random, own, taken)) {
            DemoStudy untrained = untrained("untrained-" + losses.size());
            driver.submit(untrained, corpus);
            StudyView over = driver.watch().follow(untrained.id(), view -> suite.requireAlive());
            losses.add(over.runs().stream().map(RunView::heldOutNats).toList());
        }
        assertThat(losses.get(0))
                .hasSize(2)
                .doesNotContain(OptionalDouble.empty())
                .isEqualTo(losses.get(1));
        assertThat(losses.get(2)).doesNotContain(OptionalDouble.empty()).isEqualTo(losses.get(3));
        assertThat(losses.get(0)).as("other proteins").isNotEqualTo(losses.get(2));
        assertThat(comparable(fitting, "untrained-0", "untrained-1")).isEqualTo("SAME");
        assertThat(comparable(fitting, "untrained-2", "untrained-3")).isEqualTo("SAME");
        assertThat(comparable(fitting, "untrained-0", "untrained-2")).isEqualTo("OTHER_HELD_OUT");
    }

    private void theBetterDataSetIsAhead(Suite suite, RestClient dataset, RestClient fitting) throws Exception {
        StudyDriver driver = new StudyDriver(dataset, fitting);
        driver.submit(trained("on-random"), random);
        driver.submit(trained("on-real"), real);
        StudyView random = driver.watch().follow("on-random", view -> suite.requireAlive());
        StudyView real = driver.watch().follow("on-real", view -> suite.requireAlive());
        for (int i = 0; i < real.runs().size(); i++) {
            assertThat(loss(real, i)).as("run %d", i).isLessThan(loss(random, i));
        }
        JsonNode told = comparison(fitting, "on-random", "on-real");
        System.out.println(told.get("sentence").asText());
        assertThat(told.get("comparable").asText()).isEqualTo("SAME");
        assertThat(told.get("verdict").asText())
                .as("a minute of training need not decide it, but it must not decide otherwise")
                .isIn("BETTER", "NOT_TOLD_APART");
        assertThat(told.at("/lossNats/value").asDouble()).isLessThan(-0.05);
    }

    private static double loss(StudyView study, int run) {
        return study.runs().get(run).heldOutNats().orElseThrow();
    }

    private static JsonNode comparison(RestClient fitting, String first, String other) throws Exception {
        return fitting.get("/comparisons?study=" + first + "&study=" + other)
                .get("differences")
                .get(0);
    }

    private static String comparable(RestClient fitting, String first, String other) throws Exception {
        return comparison(fitting, first, other).get("comparable").asText();
    }

    private List<String> answers(RestClient dataset, RestClient fitting) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String corpus : List.of(real, random, own, taken)) {
            answers.add(dataset.get("/corpora/" + corpus).toString());
        }
        answers.add(comparison(fitting, "on-random", "on-real").toString());
        answers.add(comparison(fitting, "untrained-0", "untrained-2").toString());
        return answers;
    }

    private static JsonNode manifest(RestClient dataset, String corpus) throws Exception {
        return dataset.get("/corpora/" + corpus).get("manifest");
    }

    private static String corpus(RestClient dataset, Path file, Map<String, Object> heldOut) throws Exception {
        Map<String, Object> request = new HashMap<>(
                Map.of("sources", List.of(file.toString()), "maxLength", 128, "batchTokens", 2048, "seed", 3));
        if (!heldOut.isEmpty()) {
            request.put("heldOut", heldOut);
        }
        return CorpusBuild.await(dataset, dataset.post("/corpora", request), look -> {})
                .get("id")
                .asText();
    }

    private static DemoStudy untrained(String id) {
        return new DemoStudy(
                id,
                List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 32, 2)),
                DemoStudy.Budgets.tokens(List.of(1e4, 2e4)),
                new DemoStudy.Rate(NOTHING, 1e3),
                new DemoStudy.Proteins(128, 2048, HELD_OUT),
                List.of(1L));
    }

    private static DemoStudy trained(String id) {
        DemoStudy fast = DemoStudy.fast();
        return new DemoStudy(id, fast.shapes(), fast.budgets(), fast.rate(), fast.proteins(), fast.seeds());
    }

    /** The same lengths, each residue drawn from all 20 alike. */
    private static List<String> randomised(List<String> proteins) {
        SplittableRandom random = new SplittableRandom(7);
        return proteins.stream()
                .map(protein -> {
                    StringBuilder drawn = new StringBuilder();
                    protein.chars().forEach(letter -> drawn.append("ACDEFGHIKLMNPQRSTVWY".charAt(random.nextInt(20))));
                    return drawn.toString();
                })
                .toList();
    }

    private static List<String> proteins() throws IOException {
        try (InputStream file =
                new GZIPInputStream(Files.newInputStream(ROOT.resolve("launcher/demo/proteins.fasta.gz")))) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.split(">"))
                    .filter(record -> !record.isBlank())
                    .map(record -> record.substring(record.indexOf('\n') + 1).replace("\n", ""))
                    .filter(protein -> protein.length() >= 30)
                    .distinct()
                    .toList();
        }
    }

    private Path write(String name, List<String> proteins) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < proteins.size(); i++) {
            text.append('>')
                    .append(name)
                    .append(i)
                    .append('\n')
                    .append(proteins.get(i))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name + ".fasta"), text);
    }

    private void inSuite(SuiteScene scene) throws Exception {
        SuiteScene.in(folder.resolve("home"), 1, scene);
    }
}
