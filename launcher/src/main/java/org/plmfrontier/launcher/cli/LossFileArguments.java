package org.plmfrontier.launcher.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.launcher.fit.LossFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file of losses and how it is to be read, for commands that need no service. */
final class LossFileArguments {
    @Parameters(index = "0", description = "CSV file")
    Path file = Path.of("");

    @Option(names = "--group", description = "the group to take where the file has several")
    @Nullable
    String group;

    @Option(
            names = "--columns",
            description = "headers of the file, for example N=params,loss=eval_loss; N=params*1e6 multiplies,"
                    + " perplexity=ppl and bits=bpt name a loss with its unit, C=6ND leaves the file's C out")
    @Nullable
    String columns;

    @Option(
            names = "--runs",
            description =
                    "CSV file of run,N,tokens_per_step, for a file that has losses by step alone or one column per run",
            paramLabel = "RUNS.csv")
    @Nullable
    Path runs;

    /** @throws IllegalArgumentException where the columns are none */
    LossFile losses() {
        ColumnMapping mapping = columns == null ? ColumnMapping.usual() : ColumnMapping.parse(columns);
        return new LossFile(file, mapping, runs);
    }
}
