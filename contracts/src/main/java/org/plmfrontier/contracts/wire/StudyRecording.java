package org.plmfrontier.contracts.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent;

/**
 * The events of one study, as its trainers published them, in the order in which they happened; of the steps perhaps only some.
 * In a file: lines of JSON under gzip, first the header, then {@code {"type", "data"}} for each event, both as in the headers and
 * values of the topic {@code training-events}.
 *
 * @param events at least the plan of one run; those of a run in its own order
 */
public record StudyRecording(Header header, List<TrainingEvent> events) {
    private static final String FORMAT = "plm-frontier-recording/1";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a recording is of.
     *
     * @param study its id
     * @param note where it was trained and on what, for people
     * @param stepsPerDoubling most steps kept while a run's step count doubles
     */
    public record Header(String study, String note, int stepsPerDoubling) {}

    public StudyRecording {
        events = List.copyOf(events);
        Set<String> planned = new HashSet<>();
        for (TrainingEvent event : events) {
            if (!event.studyId().equals(header.study())) {
                throw new IllegalArgumentException(
                        "an event is of study '" + event.studyId() + "', the recording of '" + header.study() + "'");
            }
            if (event instanceof TrainingEvent.RunPlanned) {
                planned.add(event.runId());
            } else if (!planned.contains(event.runId())) {
                throw new IllegalArgumentException("run " + event.runId() + " has events before its plan");
            }
        }
        if (planned.isEmpty()) {
            throw new IllegalArgumentException("there is no run of study '" + header.study() + "'");
        }
    }

    /** Runs that were planned. */
    public long runs() {
        return events.stream()
                .filter(TrainingEvent.RunPlanned.class::isInstance)
                .map(TrainingEvent::runId)
                .distinct()
                .count();
    }

    /** Writes the file, over one that is there. */
    public void write(Path file) throws IOException {
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            ObjectNode first = JSON.createObjectNode().put("format", FORMAT);
            first.setAll((ObjectNode) JSON.valueToTree(header));
            out.write(first + "\n");
            for (TrainingEvent event : events) {
                String type = new String(
                        EventFormat.headers(event, "/recording").get(EventFormat.TYPE), StandardCharsets.US_ASCII);
                out.write("{\"type\":\"" + type + "\",\"data\":"
                        + new String(WireFormat.encode(event), StandardCharsets.UTF_8) + "}\n");
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it is none, or a line of it is not an event of its study, with the line
     */
    public static StudyRecording read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not a recording");
        }
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            Header header = header(file, in.readLine());
            List<TrainingEvent> events = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                events.add(event(file, events.size() + 2, line));
            }
            return new StudyRecording(header, events);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (EOFException e) {
            throw new IOException(file + " is cut short", e);
        } catch (ZipException e) {
            throw new IOException(file + " is no recording: it is not compressed by gzip, or damaged", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no recording: " + e.getMessage(), e);
        }
    }

    private static Header header(Path file, @Nullable String line) throws IOException {
        JsonNode first = line == null ? JSON.missingNode() : json(file, 1, line);
        if (!first.path("format").asText().equals(FORMAT)) {
            throw new IOException(file + " is no recording: its first line does not say " + FORMAT);
        }
        return new Header(
                first.path("study").asText(),
                first.path("note").asText(),
                first.path("stepsPerDoubling").asInt());
    }

    private static TrainingEvent event(Path file, int number, String line) throws IOException {
        JsonNode node = json(file, number, line);
        try {
            Map<String, byte[]> headers =
                    Map.of(EventFormat.TYPE, node.path("type").asText().getBytes(StandardCharsets.US_ASCII));
            return EventFormat.decode(headers, JSON.writeValueAsBytes(node.path("data")));
        } catch (UndecodableException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode json(Path file, int number, String line) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IOException(file + ", line " + number + " is not JSON", e);
        }
    }
}
