package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.RunSize;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableReader;

/** Reads what trackers wrote as the command line does. */
final class TrackedFiles {
    static final double N = 1e6;
    static final double TOKENS_PER_STEP = 1e5;
    static final RunSizes SIZES =
            sizes(OptionalDouble.of(N), OptionalDouble.of(TOKENS_PER_STEP), OptionalDouble.empty());

    private static final List<LogFormat> FORMATS =
            List.of(new EventFormat(), new MetricFileFormat(), new ScalarCsvFormat(), new MetricCsvFormat());

    private TrackedFiles() {}

    static RunSizes sizes(OptionalDouble parameters, OptionalDouble tokensPerStep, OptionalDouble flopsPerStep) {
        return new RunSizes(
                Optional.empty(), Optional.empty(), new RunSize(parameters, tokensPerStep, flopsPerStep), "");
    }

    static LogFiles at(Path path) throws IOException {
        return LogFiles.at(path, FORMATS).orElseThrow(() -> new AssertionError(path + " is not recognised"));
    }

    static TrackedRows rows(Path path, @Nullable String tag, RunSizes sizes) throws IOException {
        LogFiles files = at(path);
        return TrackedRows.of(files.format(), files.open(), tag, sizes);
    }

    static LossTable read(Path path, @Nullable String tag) throws IOException {
        return TableReader.losses(rows(path, tag, SIZES));
    }
}
