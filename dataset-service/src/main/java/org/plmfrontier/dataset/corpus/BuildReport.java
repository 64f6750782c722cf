package org.plmfrontier.dataset.corpus;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

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
public record BuildReport(
        BuildProgress.Phase phase,
        long bytesRead,
        long bytesTotal,
        long sequences,
        long records,
        @Nullable Double rate,
        @Nullable Double secondsLeft) {
    public static BuildReport of(BuildProgress progress) {
        return new BuildReport(
                progress.phase(),
                progress.readBytes(),
                progress.totalBytes(),
                progress.sequences(),
                progress.records(),
                orNull(progress.rate()),
                orNull(progress.secondsLeft()));
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
