package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.suite.StartupException;
import org.plmfrontier.launcher.suite.SuiteContext;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: {@code ./frontier}. */
@Command(
        name = "frontier",
        mixinStandardHelpOptions = true,
        version = "plm-frontier " + RestClient.VERSION,
        description = "The compute-optimal frontier and the loss plateau of protein language models, live.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            RunCommand.class,
            StudyCommand.class,
            CorpusCommand.class,
            StatusCommand.class,
            AnswerCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            ImportCommand.class,
            FitCommand.class,
            BacktestCommand.class,
            VerifyPredictionsCommand.class,
            ExportCommand.class,
            ImportModelCommand.class,
            EvaluateCommand.class,
            PseudoPerplexityCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            RepairCommand.class,
            GenerateCompletion.class
        })
public final class Frontier implements Runnable {
    /** Read before the arguments are parsed, see {@link ContextArguments}. */
    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description =
                    "a suite elsewhere, by its name in contexts.properties (default: FRONTIER_CONTEXT, else the suite in"
                            + " the home folder)")
    @Nullable
    String context;

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /**
     * Exit status 0 for success, 1 where something is missing or in the way (one sentence on standard error), 2 for wrong
     * arguments.
     */
    public static void main(String[] args) {
        // The broker's threads would keep the process alive.
        try {
            Optional<SuiteContext> context = ContextArguments.of(args);
            context.flatMap(SuiteContext::token).ifPresent(RestClient::useToken);
            System.exit(line(SuiteArguments.usualHome(), context).execute(args));
        } catch (IOException e) {
            System.err.println("frontier: " + e.getMessage());
            System.exit(1);
        }
    }

    static CommandLine line() {
        return line(SuiteArguments.usualHome());
    }

    /** @param home where a running suite has its addresses */
    static CommandLine line(Optional<Path> home) {
        return line(home, Optional.empty());
    }

    static CommandLine line(Optional<Path> home, Optional<SuiteContext> context) {
        CommandLine line = new CommandLine(new Frontier());
        line.setDefaultValueProvider(new SuiteDefaults(home, context));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, text -> SuiteArguments.userFolder().resolve(text));
        return line.setExecutionExceptionHandler((e, command, parsed) -> {
            System.err.println("frontier: " + sentence(e));
            return 1;
        });
    }

    /** The message of what a person can mend; the whole trace of everything else. */
    private static String sentence(Exception e) {
        if (e instanceof StartupException || e instanceof IOException || e instanceof UncheckedIOException) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
