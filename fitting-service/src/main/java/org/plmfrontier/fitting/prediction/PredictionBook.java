package org.plmfrontier.fitting.prediction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;

/**
 * The predictions that are sealed, as the topic forecasts has them. Of several records of one run, stage and budget the first one
 * counts; what is no prediction is counted and passed over. Grows with the number of runs, by at most one prediction per stage
 * of each. Thread-safe.
 */
public final class PredictionBook {
    private final Map<Prediction.Key, Entry> entries = new HashMap<>();
    private final Map<String, List<Entry>> ofStudies = new HashMap<>();
    private long next;
    private long setApart;
    private long repeated;
    private @Nullable String notReadReason = "the topic forecasts is not read yet";

    /**
     * A prediction and when it was sealed.
     *
     * @param at when the broker appended the record
     */
    public record Entry(SealedPrediction sealed, Instant at) {}

    /**
     * Takes the next record of the topic's one partition; one before {@link #next()} was taken already.
     *
     * @param value null of a record without any
     */
    public synchronized void add(long offset, byte @Nullable [] value, Instant at) {
        if (offset < next) {
            return;
        }
        next = offset + 1;
        Optional<SealedPrediction> decoded = decode(value);
        if (decoded.isEmpty()) {
            setApart++;
            return;
        }
        Entry entry = new Entry(decoded.get(), at);
        if (entries.putIfAbsent(entry.sealed().prediction().key(), entry) != null) {
            repeated++;
            return;
        }
        ofStudies
                .computeIfAbsent(entry.sealed().prediction().studyId(), id -> new ArrayList<>())
                .add(entry);
    }

    /** The prediction of a record; empty where it is none. */
    public static Optional<SealedPrediction> decode(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireFormat.decode(value, SealedPrediction.class));
        } catch (UndecodableException foreign) {
            return Optional.empty();
        }
    }

    /** Forgets everything: the topic was made anew. */
    public synchronized void clear() {
        entries.clear();
        ofStudies.clear();
        next = 0;
        setApart = 0;
        repeated = 0;
    }

    /** Offset after the last record taken. */
    public synchronized long next() {
        return next;
    }

    public synchronized boolean isSealed(Prediction.Key key) {
        return entries.containsKey(key);
    }

    /** Predictions of a study in the order in which they were sealed. */
    public synchronized List<Entry> of(String studyId) {
        return List.copyOf(ofStudies.getOrDefault(studyId, List.of()));
    }

    /** How many there are. */
    public synchronized int size() {
        return entries.size();
    }

    /** Records that are no predictions. */
    public synchronized long setApart() {
        return setApart;
    }

    /** Records of a run, stage and budget that was sealed before. */
    public synchronized long repeated() {
        return repeated;
    }

    /** Says why the topic cannot be read or written now; null where it can. */
    public synchronized void notReadReason(@Nullable String reason) {
        notReadReason = reason;
    }

    /** Why what is here may not be all. */
    public synchronized Optional<String> notReadReason() {
        return Optional.ofNullable(notReadReason);
    }
}
