package org.plmfrontier.launcher.fit;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.NamedSizes;
import org.plmfrontier.fitting.table.RunSize;

/**
 * What is said of runs beside the file of their losses.
 *
 * @param runs a file of N and tokens per step by run
 * @param names what the names of runs say
 * @param every what holds for every other run
 * @param tag name of the scalar that is the loss, for files of trackers
 */
public record RunOptions(
        @Nullable Path runs,
        Optional<NamedSizes> names,
        RunSize every,
        @Nullable String tag) {

    /** Nothing is said. */
    public static RunOptions none() {
        return new RunOptions(null, Optional.empty(), RunSize.UNKNOWN, null);
    }
}
