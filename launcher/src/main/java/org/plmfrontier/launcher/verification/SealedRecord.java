package org.plmfrontier.launcher.verification;

import java.time.Instant;
import java.util.Comparator;
import org.plmfrontier.fitting.prediction.SealedPrediction;
import org.plmfrontier.fitting.study.Offsets;

/**
 * A record of the topic forecasts that is a prediction.
 *
 * @param at when the broker appended it
 * @param value as it lies there
 */
record SealedRecord(long offset, Instant at, byte[] value, SealedPrediction sealed) {
    /** Those that need less of the log first. */
    static final Comparator<SealedRecord> BY_PLACE = Comparator.<SealedRecord>comparingLong(
                    record -> record.asOf().next().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
            .thenComparingLong(SealedRecord::offset);

    Offsets asOf() {
        return Offsets.parse(sealed.seal().asOf());
    }

    String studyId() {
        return sealed.prediction().studyId();
    }
}
