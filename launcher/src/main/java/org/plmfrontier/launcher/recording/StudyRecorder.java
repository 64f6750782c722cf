package org.plmfrontier.launcher.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.launcher.topic.TopicReader;

/**
 * Reads what the topic {@code training-events} has of one study. Records that are no events of this version are passed over; a
 * deleted run is forgotten at its deletion.
 */
public final class StudyRecorder {
    private final String study;
    private final int stepsPerDoubling;
    private final Map<String, List<Placed>> byRun = new HashMap<>();
    private final Map<String, Long> lastCell = new HashMap<>();
    /** By run, the latest step where it was not kept, with its place among the run's events. */
    private final Map<String, Passed> passed = new HashMap<>();
    /** By run, the latest step: what is not above it was published again. */
    private final Map<String, Long> highest = new HashMap<>();

    /** An event with the time by which it is ordered: never earlier than what its run has before it. */
    private record Placed(TrainingEvent event, Instant at) {}

    private record Passed(TrainingEvent.StepCompleted step, int place) {}

    private StudyRecorder(String study, int stepsPerDoubling) {
        this.study = study;
        this.stepsPerDoubling = stepsPerDoubling;
    }

    /**
     * Records a study.
     *
     * @param header its id; {@code stepsPerDoubling} is how many steps are kept while a run's step count doubles
     * @param connection bootstrap.servers and whatever else clients of this broker need
     * @throws IllegalArgumentException where the topic has no run of the study
     */
    public static StudyRecording record(StudyRecording.Header header, Map<String, Object> connection) {
        if (header.stepsPerDoubling() < 1) {
            throw new IllegalArgumentException("stepsPerDoubling must be at least 1, got " + header.stepsPerDoubling());
        }
        StudyRecorder recorder = new StudyRecorder(header.study(), header.stepsPerDoubling());
        try (TopicReader topic = new TopicReader(Topics.EVENTS, connection)) {
            Offsets end = topic.end();
            if (!end.isEmpty()) {
                topic.read(topic.beginning(), end, records -> records.forEach(recorder::take));
            }
        }
        return new StudyRecording(header, recorder.inOrder());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        try {
            take(EventFormat.decode(headers, record.value()));
        } catch (UndecodableException e) {
            // A record that no service can use either; the services keep it among their dead letters.
            return;
        }
    }

    private void take(TrainingEvent event) {
        if (!event.studyId().equals(study)) {
            return;
        }
        if (event instanceof TrainingEvent.RunDeleted) {
            byRun.remove(event.runId());
            lastCell.remove(event.runId());
            passed.remove(event.runId());
            highest.remove(event.runId());
            return;
        }
        List<Placed> before = byRun.computeIfAbsent(event.runId(), run -> new ArrayList<>());
        if (event instanceof TrainingEvent.StepCompleted step) {
            if (step.step() <= highest.getOrDefault(step.runId(), 0L)) {
                return;
            }
            highest.put(step.runId(), step.step());
            if (!isKept(step)) {
                passed.put(step.runId(), new Passed(step, before.size()));
                return;
            }
            passed.remove(step.runId());
        }
        Passed last = passed.get(event.runId());
        if (event instanceof TrainingEvent.HeldOutEvaluated evaluated
                && last != null
                && last.step().step() == evaluated.step()) {
            add(before, last.place(), last.step());
            passed.remove(event.runId());
        }
        add(before, before.size(), event);
    }

    private static void add(List<Placed> events, int place, TrainingEvent event) {
        Instant last = place == 0 ? Instant.MIN : events.get(place - 1).at();
        events.add(place, new Placed(event, event.at().isBefore(last) ? last : event.at()));
    }

    /** The first step of each of the cells into which a doubling of the step count is divided; evaluated steps are kept too. */
    private boolean isKept(TrainingEvent.StepCompleted step) {
        long cell = (long) Math.floor(stepsPerDoubling * Math.log(step.step()) / Math.log(2));
        Long before = lastCell.get(step.runId());
        if (before != null && cell <= before) {
            return false;
        }
        lastCell.put(step.runId(), cell);
        return true;
    }

    /** With each run's last step; a sort that keeps the order of equal times, so that of a run too. */
    private List<TrainingEvent> inOrder() {
        passed.forEach(
                (run, last) -> add(byRun.computeIfAbsent(run, id -> new ArrayList<>()), last.place(), last.step()));
        return byRun.values().stream()
                .filter(events -> !events.isEmpty() && events.get(0).event() instanceof TrainingEvent.RunPlanned)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Placed::at))
                .map(Placed::event)
                .toList();
    }
}
