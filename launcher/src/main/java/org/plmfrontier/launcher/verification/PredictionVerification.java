package org.plmfrontier.launcher.verification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.prediction.CodeVersion;
import org.plmfrontier.fitting.prediction.Recomputation;
import org.plmfrontier.fitting.prediction.SealedPrediction;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyReplay;
import org.plmfrontier.launcher.topic.TopicReader;

/**
 * Computes sealed predictions again from the topic of training events alone, and compares the bytes. The log is read once per
 * study, and memory holds one study. Not thread-safe.
 */
public final class PredictionVerification implements AutoCloseable {
    private final TopicReader forecasts;
    private final TopicReader events;
    private final Map<Long, Verdict> verdicts = new HashMap<>();
    private Optional<String> log = Optional.empty();
    private Offsets beginning = Offsets.NONE;
    private Offsets end = Offsets.NONE;

    /**
     * A verification that has read nothing yet.
     *
     * @param connection bootstrap.servers and whatever else clients of this broker need
     */
    public PredictionVerification(Map<String, Object> connection) {
        forecasts = new TopicReader(Topics.FORECASTS, connection);
        events = new TopicReader(Topics.EVENTS, connection);
    }

    /**
     * Verifies the predictions of a study, or all.
     *
     * @throws IllegalStateException where the broker does not answer
     */
    public VerificationReport run(Optional<String> wanted) {
        SealedRecords records = SealedRecords.read(forecasts);
        log = events.id();
        beginning = events.beginning();
        end = events.end();
        Map<String, List<SealedRecord>> ofStudies = records.first().stream()
                .filter(record -> wanted.isEmpty() || record.studyId().equals(wanted.get()))
                .sorted(SealedRecord.BY_PLACE)
                .collect(Collectors.groupingBy(SealedRecord::studyId));
        ofStudies.forEach(this::verify);
        List<Verdict> sorted = verdicts.values().stream()
                .sorted(Comparator.comparingLong(Verdict::offset))
                .toList();
        return new VerificationReport(sorted, records.repeated(), records.setApart());
    }

    private void verify(String study, List<SealedRecord> records) {
        StudyReplay replay = new StudyReplay(study, StepThinning.USUAL);
        Recomputation recomputation = new Recomputation();
        Offsets read = Offsets.NONE;
        for (SealedRecord record : records) {
            Optional<String> notThere = notThere(record);
            if (notThere.isPresent()) {
                note(record, List.of(notThere.get()));
                continue;
            }
            if (!covers(record.asOf(), read)) {
                replay = new StudyReplay(study, StepThinning.USUAL);
                read = Offsets.NONE;
            }
            StudyReplay further = replay;
            events.read(read, record.asOf(), batch -> further.add(decoded(batch)));
            read = record.asOf();
            note(record, differences(record, further.study(), recomputation));
        }
    }

    private List<String> differences(SealedRecord record, Optional<Study> study, Recomputation recomputation) {
        if (study.isEmpty()) {
            return List.of("the log up to these offsets knows no such study");
        }
        return switch (recomputation.of(record.sealed(), study.get(), log.orElseThrow())) {
            case FitOutcome.Fitted<SealedPrediction> again ->
                Differences.of(record.value(), WireFormat.encode(again.value()));
            case FitOutcome.NotIdentifiable<SealedPrediction> refusal -> List.of(refusal.reason());
            case FitOutcome.NotConverged<SealedPrediction> failure -> List.of(failure.reason());
        };
    }

    /** Why the log does not hold what a prediction rests on. */
    private Optional<String> notThere(SealedRecord record) {
        if (log.isEmpty()) {
            return Optional.of("there is no topic " + Topics.EVENTS);
        }
        if (!log.get().equals(record.sealed().seal().log())) {
            return Optional.of("it rests on another log, "
                    + record.sealed().seal().log() + ", than the one that is there, " + log.get());
        }
        if (beginning.next().values().stream().anyMatch(first -> first > 0)) {
            return Optional.of("the log no longer holds its beginning");
        }
        return covers(end, record.asOf())
                ? Optional.empty()
                : Optional.of("the log does not reach to offsets " + record.asOf() + ", it ends at " + end);
    }

    private static boolean covers(Offsets far, Offsets near) {
        return near.next().entrySet().stream().allMatch(one -> far.of(one.getKey()) >= one.getValue());
    }

    private void note(SealedRecord record, List<String> differences) {
        String version = record.sealed().seal().codeVersion();
        verdicts.put(
                record.offset(),
                VerdictBuilder.builder()
                        .study(record.studyId())
                        .run(record.sealed().prediction().runId())
                        .stagePercent(record.sealed().prediction().stagePercent())
                        .at(record.at())
                        .offset(record.offset())
                        .codeVersion(version)
                        .sameVersion(version.equals(CodeVersion.current()))
                        .agrees(differences.isEmpty())
                        .differences(differences)
                        .build());
    }

    private static List<LoggedEvent> decoded(List<ConsumerRecord<byte[], byte[]>> records) {
        List<LoggedEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                events.add(new LoggedEvent(
                        EventFormat.decode(
                                name -> header(record, name), record.value(), Instant.ofEpochMilli(record.timestamp())),
                        record.partition(),
                        record.offset()));
            } catch (UndecodableException e) {
                // Such a record is in the dead letters and in no study.
            }
        }
        return events;
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    @Override
    public void close() {
        forecasts.close();
        events.close();
    }
}
