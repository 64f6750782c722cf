package org.plmfrontier.dataset.corpus;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * How far a build is at a moment.
 *
 * @param bytesRead bytes of the sources read, as stored
 * @param bytesTotal bytes of all sources, as stored
 * @param sequences records of the sources seen
 * @param records batches written
 * @param rate bytes (READING) or proteins (WRITING) per second; null where nothing can be said
 * @param secondsLeft of this phase; null where nothing can be said
 */
@StagedBuilder
public record BuildReport(
        BuildProgress.Phase phase,
        long bytesRead,
        long bytesTotal,
        long sequences,
        long records,
        @Nullable Double rate,
        @Nullable Double secondsLeft) {
    public static BuildReport of(BuildProgress progress) {
        return BuildReportBuilder.builder()
                .phase(progress.phase())
                .bytesRead(progress.readBytes())
                .bytesTotal(progress.totalBytes())
                .sequences(progress.sequences())
                .records(progress.records())
                .rate(orNull(progress.rate()))
                .secondsLeft(orNull(progress.secondsLeft()))
                .build();
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
