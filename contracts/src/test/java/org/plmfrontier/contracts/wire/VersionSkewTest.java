package org.plmfrontier.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.event.EventRules;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.model.ModelShape;

/**
 * Values as version 1 wrote them stand in {@code wire-v1} and are never changed: whatever the records become, these must
 * be read to the same values. A new field may be absent there and so must be nullable.
 */
class VersionSkewTest {
    private static final ObjectMapper TREE = new ObjectMapper();

    /** Files of the folder that are events: name of the kind, perhaps with a number. */
    static Stream<String> files() {
        return Stream.of(
                "run-planned-1",
                "run-planned-2",
                "run-planned-3",
                "step-completed",
                "slice-completed",
                "held-out-evaluated",
                "checkpoint-refused",
                "run-state-changed",
                "run-deleted",
                "downstream-evaluated");
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatVersion1WroteIsRead(String file) throws Exception {
        byte[] golden = golden(file);
        TrainingEvent expected = EventFormatTest.events().get(files().toList().indexOf(file));
        assertThat(decode(file, golden)).isEqualTo(expected);
        JsonNode now = TREE.readTree(WireFormat.encode(expected));
        assertThat(TREE.readTree(golden).properties())
                .as("today's writer may add fields, and must write the old ones as they were")
                .allSatisfy(
                        field -> assertThat((Object) now.get(field.getKey())).isEqualTo(field.getValue()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void fieldsOfANewerWriterAreIgnored(String file) throws Exception {
        ObjectNode newer = (ObjectNode) TREE.readTree(golden(file));
        newer.put("addedInVersion1dot9", 17).putObject("andAnObject").put("nested", true);
        assertThat(decode(file, TREE.writeValueAsBytes(newer))).isEqualTo(decode(file, golden(file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void anotherMajorVersionIsRefusedByName(String file) throws Exception {
        byte[] golden = golden(file);
        assertThatThrownBy(() -> EventFormat.decode(headers(file, ".v2"), golden))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(".v2' is not one of version 1");
    }

    @Test
    void aKindOfANewerWriterIsRefusedByName() {
        assertThatThrownBy(() -> EventFormat.decode(headers("layer-frozen", ".v1"), new byte[] {'{', '}'}))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("layer-frozen")
                .hasMessageContaining("newer writer");
    }

    /** A trainer that does not know how to delete keeps the stop in front of it. */
    @Test
    void anActionOfANewerWriterIsRefusedAndNotTakenForAnother() throws Exception {
        String newer = new String(golden("run-command"), StandardCharsets.UTF_8).replace("STOP", "HIDE");
        assertThatThrownBy(() -> WireFormat.decode(newer.getBytes(StandardCharsets.UTF_8), RunCommand.class))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("HIDE");
        byte[] delete = newer.replace("HIDE", "DELETE").getBytes(StandardCharsets.UTF_8);
        assertThat(WireFormat.decode(delete, RunCommand.class).action()).isEqualTo(RunCommand.Action.DELETE);
    }

    @Test
    void shapesOfVersion1AreWrittenToTheByteAsTheyWere() throws Exception {
        String job = new String(golden("batch-job"), StandardCharsets.UTF_8);
        String shape = job.substring(job.indexOf("\"shape\":") + 8, job.indexOf(",\"recipe\""));
        ModelShape read = WireFormat.decode(shape.getBytes(StandardCharsets.UTF_8), ModelShape.class);
        assertThat(new String(WireFormat.encode(read), StandardCharsets.UTF_8)).isEqualTo(shape);
    }

    @Test
    void aNormOfQueriesAndKeysIsWrittenWhereThereIsOneAndReadBack() throws Exception {
        ModelShape plain = ModelShape.modern(2, 32, 2);
        String written = new String(WireFormat.encode(plain), StandardCharsets.UTF_8);
        assertThat(written).isEqualTo("{\"family\":\"MODERN\",\"layers\":2,\"dModel\":32,\"ffnSize\":128,\"heads\":2}");
        byte[] normed = WireFormat.encode(plain.withQkNorm());
        assertThat(new String(normed, StandardCharsets.UTF_8)).endsWith(",\"qkNorm\":true}");
        assertThat(WireFormat.decode(normed, ModelShape.class)).isEqualTo(plain.withQkNorm());
        byte[] without = written.replace("}", ",\"qkNorm\":false}").getBytes(StandardCharsets.UTF_8);
        assertThat(WireFormat.decode(without, ModelShape.class)).isEqualTo(plain);
    }

    @Test
    void jobsAndCommandsOfVersion1AreRead() throws Exception {
        BatchJob job = WireFormat.decode(golden("batch-job"), BatchJob.class);
        assertThat(job.run().runId()).isEqualTo("study-0");
        assertThat(job.expectedFlops()).isEqualTo(3e9);
        assertThat(WireFormat.decode(golden("run-command"), RunCommand.class).runId())
                .isEqualTo("study-0");
    }

    @Test
    void provisionalStepsOfVersion1AreReadAndFieldsOfANewerWriterAreIgnored() throws Exception {
        ProvisionalSteps expected = new ProvisionalSteps(
                "s",
                "r",
                3,
                17,
                "t1",
                List.of(
                        new ProvisionalStep(
                                1, 4096, 7e18, 7.1e18, 3.25, 3e-3, 1.25, Instant.parse("2026-01-02T03:04:05.678Z")),
                        new ProvisionalStep(
                                2, 8192, 14e18, 14.2e18, 3.125, 3e-3, 1.5, Instant.parse("2026-01-02T03:04:06Z"))));
        byte[] golden = golden("provisional-steps");
        assertThat(WireFormat.decode(golden, ProvisionalSteps.class)).isEqualTo(expected);
        assertThat(TREE.readTree(WireFormat.encode(expected))).isEqualTo(TREE.readTree(golden));
        ObjectNode newer = (ObjectNode) TREE.readTree(golden);
        newer.put("addedLater", 1);
        ((ObjectNode) newer.at("/steps/0")).putObject("alsoAddedLater").put("nested", true);
        assertThat(WireFormat.decode(TREE.writeValueAsBytes(newer), ProvisionalSteps.class))
                .isEqualTo(expected);
    }

    @Test
    void theQuickReaderOfStepsSaysWhatTheGeneralOneSays() throws Exception {
        String plain = new String(golden("step-completed"), StandardCharsets.UTF_8);
        Map<String, Boolean> variants = new LinkedHashMap<>();
        variants.put(plain, true);
        variants.put(plain.replace("{", "{ \n"), true);
        variants.put(plain.replace("4096.0", "4096"), true);
        variants.put(plain.replace("{", "{\"newer\":{\"a\":[1]},"), false);
        variants.put(plain.replace("\"step\":1", "\"step\":1,\"step\":2"), false);
        variants.put(plain.replace("\"step\":1", "\"step\":\"1\""), false);
        variants.put(plain.replace("\"step\":1", "\"step\":1.0"), false);
        variants.put(plain.replace("\"lossNats\"", "\"loss\""), false);
        variants.put(plain.replace("7.0E18", "-7.0E18"), false);
        variants.put(plain.replace("\"s\"", "null"), false);
        variants.put(plain.substring(0, plain.length() - 1), false);
        variants.put("[" + plain + "]", false);
        for (Map.Entry<String, Boolean> variant : variants.entrySet()) {
            byte[] json = variant.getKey().getBytes(StandardCharsets.UTF_8);
            StepCompleted quick = WireFormat.plainStep(json);
            assertThat(quick != null).as(variant.getKey()).isEqualTo(variant.getValue());
            if (quick != null) {
                assertThat(quick).isEqualTo(WireFormat.decode(json, StepCompleted.class));
            }
        }
    }

    @Test
    void aClockThatIsADayAheadIsRefusedByTheTimeOfTheLog() throws Exception {
        byte[] golden = golden("step-completed");
        Map<String, byte[]> headers = headers("step-completed", ".v1");
        Instant at = decode("step-completed", golden).at();
        assertThat(EventFormat.decode(headers::get, golden, at.minus(EventRules.AHEAD)))
                .isNotNull();
        assertThat(EventFormat.decode(headers::get, golden, at.plus(Duration.ofDays(400))))
                .isNotNull();
        assertThatThrownBy(() -> EventFormat.decode(headers::get, golden, at.minus(Duration.ofDays(1))))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("clock of the publisher of run r is ahead");
    }

    @Test
    void aRecordWithoutAValueIsNoEvent() {
        assertThatThrownBy(() -> EventFormat.decode(headers("step-completed", ".v1"), null))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("no value");
    }

    @Test
    void anotherContentTypeIsRefusedAndNoneIsTakenForJson() throws Exception {
        byte[] golden = golden("step-completed");
        Map<String, byte[]> headers = headers("step-completed", ".v1");
        assertThat(EventFormat.decode(headers, golden)).isNotNull();
        headers.put(EventFormat.CONTENT_TYPE, ascii("application/json; charset=utf-8"));
        assertThat(EventFormat.decode(headers, golden)).isNotNull();
        headers.put(EventFormat.CONTENT_TYPE, ascii("application/avro"));
        assertThatThrownBy(() -> EventFormat.decode(headers, golden))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("application/avro");
    }

    @Test
    void everyKindHasAGoldenFile() {
        Set<String> kinds = new TreeSet<>(files().map(VersionSkewTest::kind).toList());
        assertThat(kinds).hasSize(TrainingEvent.class.getPermittedSubclasses().length);
        assertThat(List.of(TrainingEvent.class.getPermittedSubclasses()))
                .allSatisfy(shape -> assertThat(kinds)
                        .contains(shape.getSimpleName()
                                .replaceAll("(?<=.)([A-Z])", "-$1")
                                .toLowerCase(Locale.ROOT)));
    }

    private static TrainingEvent decode(String file, byte[] json) throws UndecodableException {
        return EventFormat.decode(headers(file, ".v1"), json);
    }

    private static Map<String, byte[]> headers(String file, String version) {
        return new LinkedHashMap<>(Map.of(EventFormat.TYPE, ascii("org.plmfrontier.training." + kind(file) + version)));
    }

    private static String kind(String file) {
        return file.replaceAll("-\\d+$", "");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] golden(String file) throws IOException {
        try (InputStream stream = VersionSkewTest.class.getResourceAsStream("/wire-v1/" + file + ".json")) {
            return stream.readAllBytes();
        }
    }
}
