package org.plmfrontier.launcher.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.NamedSizes;
import org.plmfrontier.fitting.table.RunSize;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.launcher.fit.LossFile;
import org.plmfrontier.launcher.fit.RunOptions;
import org.plmfrontier.launcher.fit.RunPattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file of losses and how it is to be read. */
final class LossFileArguments {
    @Parameters(
            index = "0",
            description = "a table of losses, or a file or folder of TensorBoard, MLflow or Hugging Face's Trainer")
    Path file = Path.of("");

    @Option(
            names = "--columns",
            description = "headers of the file, for example N=params,loss=eval_loss; N=params*1e6 multiplies,"
                    + " perplexity=ppl and bits=bpt name a loss with its unit, C=6ND leaves the file's C out")
    @Nullable
    String columns;

    @Option(names = "--tag", description = "name of the scalar that is the loss, for files of trackers and charts")
    @Nullable
    String tag;

    @Option(
            names = "--runs",
            description = "CSV file of run,N,tokens_per_step (perhaps flops_per_step), for losses by step alone or with"
                    + " one column per run",
            paramLabel = "RUNS.csv")
    @Nullable
    Path runs;

    @Option(
            names = "--run-pattern",
            description =
                    "regular expression (RE2) that finds N and tokens per step in names of runs, by groups that are"
                            + " called parameters, tokensPerStep and flopsPerStep: '(?<parameters>[0-9.]+M)-.*'",
            paramLabel = "REGEX")
    @Nullable
    String pattern;

    @Option(names = "--parameters", description = "N of every other run, for example 650M", paramLabel = "N")
    @Nullable
    String parameters;

    @Option(names = "--tokens-per-step", description = "tokens of a step of every other run, for example 1048576")
    @Nullable
    String tokensPerStep;

    @Option(
            names = "--flops-per-step",
            description = "training FLOPs of a step of every other run; without tokens per step, D is C / 6 N")
    @Nullable
    String flopsPerStep;

    /** @throws IllegalArgumentException naming the option that cannot be read */
    LossFile losses() {
        ColumnMapping mapping = columns == null ? ColumnMapping.usual() : ColumnMapping.parse(columns);
        RunSize every = new RunSize(
                count("--parameters", parameters),
                count("--tokens-per-step", tokensPerStep),
                count("--flops-per-step", flopsPerStep));
        Optional<NamedSizes> names = pattern == null ? Optional.empty() : Optional.of(RunPattern.parse(pattern));
        return new LossFile(file, mapping, new RunOptions(runs, names, every, tag));
    }

    private static OptionalDouble count(String option, @Nullable String text) {
        return text == null ? OptionalDouble.empty() : OptionalDouble.of(RunSizes.count(option, text));
    }
}
