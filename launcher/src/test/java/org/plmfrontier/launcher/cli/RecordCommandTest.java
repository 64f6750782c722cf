package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.launcher.recording.RecordingPlayer;
import org.plmfrontier.launcher.recording.StudyRecorder;
import org.plmfrontier.stack.TestStack;

/** The command against a real broker; what it wrote, played on that broker and recorded again. */
class RecordCommandTest {
    private static final String SERVERS = TestStack.get().bootstrapServers();
    private static final Map<String, Object> CONNECTION = Map.of("bootstrap.servers", SERVERS);

    @TempDir
    Path folder;

    @BeforeAll
    static void createTopics() throws Exception {
        PlantedLog.createTopic(SERVERS, Topics.EVENTS, 4);
    }

    private static void plant(String study) throws Exception {
        try (PlantedLog planted = new PlantedLog(study, SERVERS)) {
            planted.plan();
            for (int budget = 0; budget < 4; budget++) {
                planted.train(budget);
            }
        }
    }

    private int record(String study, Path file) {
        return Frontier.line().execute("record", study, file.toString(), "--kafka", SERVERS, "--note", "planted");
    }

    @Test
    void aRecordedStudyIsPlayedAndIsTheSameStudy() throws Exception {
        plant("recorded");
        plant("beside");
        Path file = folder.resolve("recorded.jsonl.gz");
        assertThat(record("recorded", file)).isZero();

        StudyRecording recording = StudyRecording.read(file);
        assertThat(recording.header().note()).isEqualTo("planted");
        assertThat(recording.runs()).isEqualTo(5);
        assertThat(recording.events())
                .hasSize(5 + 5 * 4 * 2)
                .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()))
                .allMatch(event -> event.studyId().equals("recorded"));

        try (RecordingPlayer player = new RecordingPlayer(CONNECTION)) {
            player.play(recording, Duration.ofMillis(600));
        }
        StudyRecording again = StudyRecorder.record(recording.header(), CONNECTION);
        assertThat(again.events())
                .as("a step that is there already is not kept a second time, other events are")
                .containsAll(recording.events())
                .hasSize(2 * 5 + 5 * 4 * 3);
    }

    @Test
    void aDeletedRunIsNotRecordedAndStepsAreThinnedByDoublings() throws Exception {
        try (PlantedLog planted = new PlantedLog("thinned", SERVERS)) {
            List<TrainingEvent> plans = plansOf(planted);
            String run = plans.get(0).runId();
            for (int step = 1; step <= 1030; step++) {
                planted.publish(step(run, step));
                if (step == 1000) {
                    Instant at = Instant.parse("2026-03-01T11:00:00Z").plusSeconds(step);
                    planted.publish(TrainingEventHeldOutEvaluatedBuilder.builder()
                            .studyId("thinned")
                            .runId(run)
                            .step(step)
                            .budgetTokens(1e5)
                            .tokens(1e5)
                            .computeFlops(1e12)
                            .lossNats(3)
                            .selectedResidues(100)
                            .at(at)
                            .build());
                }
            }
            String deleted = plans.get(1).runId();
            planted.publish(step(deleted, 1));
            planted.publish(new RunDeleted("thinned", deleted, "", "", Instant.parse("2026-03-01T12:00:00Z")));

            StudyRecording recording = StudyRecorder.record(new StudyRecording.Header("thinned", "", 4), CONNECTION);
            assertThat(recording.runs()).isEqualTo(4);
            List<Long> steps = recording.events().stream()
                    .filter(StepCompleted.class::isInstance)
                    .map(event -> ((StepCompleted) event).step())
                    .toList();
            assertThat(steps)
                    .startsWith(1L, 2L, 3L, 4L)
                    .contains(512L, 1000L, 1024L)
                    .endsWith(1030L)
                    .doesNotContain(1023L);
            assertThat(steps).hasSizeBetween(30, 43);
        }
    }

    private static List<TrainingEvent> plansOf(PlantedLog planted) throws Exception {
        planted.plan();
        return new ArrayList<>(StudyRecorder.record(new StudyRecording.Header("thinned", "", 4), CONNECTION)
                .events());
    }

    private static StepCompleted step(String run, int step) {
        Instant at = Instant.parse("2026-03-01T11:00:00Z").plusSeconds(step);
        return new StepCompleted("thinned", run, step, 100.0 * step, 1e9 * step, 1e9 * step, 3, 1e-3, 1, 1e4, at);
    }

    @Test
    void whatIsNoRecordingIsToldWithItsPlace() throws Exception {
        plant("broken");
        Path good = folder.resolve("good.jsonl.gz");
        assertThat(record("broken", good)).isZero();
        List<String> lines;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(good))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThatThrownBy(() -> StudyRecording.read(folder.resolve("nothing.gz")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> StudyRecording.read(Files.writeString(folder.resolve("plain"), "{}")))
                .hasMessageContaining("not compressed by gzip");
        assertThatThrownBy(() -> StudyRecording.read(file(lines.subList(1, 3))))
                .hasMessageContaining("its first line does not say plm-frontier-recording/1");
        assertThatThrownBy(() -> StudyRecording.read(file(List.of(lines.get(0), lines.get(1), "{\"type\":\"x\"}"))))
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> StudyRecording.read(file(List.of(lines.get(0), lines.getLast()))))
                .hasMessageContaining("before its plan");
        assertThatThrownBy(() -> StudyRecording.read(file(List.of(lines.get(0)))))
                .hasMessageContaining("there is no run of study 'broken'");
        byte[] whole = Files.readAllBytes(good);
        assertThatThrownBy(() -> StudyRecording.read(
                        Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.gz");
    }

    private Path file(List<String> lines) throws IOException {
        Path file = Files.createTempFile(folder, "lines", ".gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void aStudyThatIsNotThereIsOneSentence() {
        PrintStream usual = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(record("nobody", folder.resolve("nobody.gz"))).isEqualTo(1);
        } finally {
            System.setErr(usual);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("there is no run of study 'nobody'");
        assertThat(folder.resolve("nobody.gz")).doesNotExist();
    }
}
