package org.plmfrontier.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.prediction.Seal;
import org.plmfrontier.fitting.prediction.SealedPrediction;
import org.plmfrontier.fitting.prediction.Sealing;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.stack.TestStack;

/** The command against a real broker with a log and predictions. */
class VerifyPredictionsCommandTest {
    private static final String SERVERS = TestStack.get().bootstrapServers();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String log = "";

    @BeforeAll
    static void createTopics() throws Exception {
        PlantedLog.createTopic(SERVERS, Topics.EVENTS, 4);
        PlantedLog.createTopic(SERVERS, Topics.FORECASTS, 1);
        log = PlantedLog.logId(SERVERS);
    }

    @Test
    void whatWasSealedWhileTheStudyTrainedAgreesToTheByte() throws Exception {
        int sealed = 0;
        try (PlantedLog planted = new PlantedLog("verified", SERVERS)) {
            PredictionBook book = new PredictionBook();
            sealed += seal(planted, planted.plan(), book);
            for (int budget = 0; budget < 4; budget++) {
                sealed += seal(planted, planted.train(budget), book);
            }
            planted.put(Topics.FORECASTS, "{\"foreign\":true}".getBytes(UTF_8));
            planted.put(Topics.FORECASTS, new byte[] {0, 1});
            planted.put(
                    Topics.FORECASTS,
                    WireFormat.encode(book.of("verified").getFirst().sealed()));
        }
        assertThat(sealed).isEqualTo(20);

        JsonNode report = verified("verified", 0);
        assertThat(report.path("agreed").asInt()).isEqualTo(20);
        assertThat(report.path("differing").asInt()).isZero();
        assertThat(report.path("setApart").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(report.path("repeated").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(report.path("predictions").findValuesAsText("stagePercent")).contains("0", "10", "30", "60");
        assertThat(text("verified"))
                .contains("verified verified-0 at 0 %, sealed ", ": agrees")
                .contains("20 predictions: 20 agree, 0 differ;");
    }

    @Test
    void whatWasTamperedWithIsFoundAndSaysWhere() throws Exception {
        try (PlantedLog planted = new PlantedLog("tampered", SERVERS)) {
            planted.plan();
            planted.train(0);
            planted.train(1);
            Study late = planted.train(2);
            List<SealedPrediction> sealed = new Sealing().of(late, log, new PredictionBook());
            assertThat(sealed).hasSize(5);
            String first = new String(WireFormat.encode(sealed.getFirst()), UTF_8);
            planted.put(
                    Topics.FORECASTS,
                    first.replaceFirst("\"low\":\\d", "\"low\":1").getBytes(UTF_8));
            planted.put(Topics.FORECASTS, (new String(WireFormat.encode(sealed.get(1)), UTF_8) + " ").getBytes(UTF_8));
            planted.put(Topics.FORECASTS, WireFormat.encode(withSeal(sealed.get(2), log, "another-version")));
            planted.put(Topics.FORECASTS, WireFormat.encode(withSeal(sealed.get(3), "another-log", "version")));
            Study over = planted.train(3);
            Seal after = new Seal(log, over.asOf().toString(), "another-version", 1);
            planted.put(
                    Topics.FORECASTS,
                    WireFormat.encode(new SealedPrediction(sealed.get(4).prediction(), after)));
        }
        JsonNode predictions = verified("tampered", 1).path("predictions");
        assertThat(predictions.findValuesAsText("agrees")).containsExactly("false", "false", "true", "false", "false");
        assertThat(difference(predictions.get(0)))
                .startsWith("prediction.forecast.lossNats.low: sealed 1.")
                .contains(", computed again 3.");
        assertThat(difference(predictions.get(1))).isEqualTo("the same values are written otherwise");
        assertThat(predictions.get(2).path("sameVersion").asBoolean()).isFalse();
        assertThat(difference(predictions.get(3))).contains("rests on another log, another-log");
        assertThat(difference(predictions.get(4))).contains("has the outcome");
        assertThat(text("tampered")).contains("DIFFERS, of another version (another-version)", "1 agree, 4 differ");
    }

    @Test
    void whereThereIsNoneThatIsSaid() {
        assertThat(Frontier.line().execute("verify-predictions", "no-such-study", "--kafka", SERVERS))
                .isEqualTo(3);
    }

    private static int seal(PlantedLog planted, Study study, PredictionBook book) throws Exception {
        List<SealedPrediction> sealed = new Sealing().of(study, log, book);
        for (SealedPrediction one : sealed) {
            byte[] value = WireFormat.encode(one);
            planted.put(Topics.FORECASTS, value);
            book.add(book.next(), value, Instant.EPOCH);
        }
        return sealed.size();
    }

    private static SealedPrediction withSeal(SealedPrediction sealed, String otherLog, String version) {
        return new SealedPrediction(
                sealed.prediction(),
                new Seal(otherLog, sealed.seal().asOf(), version, sealed.seal().seed()));
    }

    private static String difference(JsonNode verdict) {
        assertThat(verdict.path("differences")).hasSize(1);
        return verdict.path("differences").get(0).asText();
    }

    private static JsonNode verified(String study, int status) throws Exception {
        return JSON.readTree(run(status, study, "--json"));
    }

    private static String text(String study) {
        return run(study.equals("tampered") ? 1 : 0, study);
    }

    private static String run(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of("verify-predictions", "--kafka", SERVERS));
        all.addAll(List.of(arguments));
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(written, true, UTF_8)) {
            System.setOut(out);
            assertThat(Frontier.line().execute(all.toArray(String[]::new))).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return written.toString(UTF_8);
    }
}
