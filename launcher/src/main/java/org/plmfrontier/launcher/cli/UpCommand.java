package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./frontier up}: the suite without a study, until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts broker, database and services and keeps them up until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    SuiteArguments arguments = new SuiteArguments();

    @Option(
            names = "--without",
            paramLabel = "SERVICE",
            converter = ServiceName.class,
            description = "leave a service out, and print how to start it in Quarkus' dev mode: dataset-service,"
                    + " fitting-service or trainer-service")
    @Nullable
    String without;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = SuiteArguments.terminal();
        try (RunningSuite running = RunningSuite.start(options(), terminal)) {
            Suite suite = running.suite();
            if (without != null) {
                terminal.line("start " + without + " in another terminal, in the project's folder:");
                terminal.line("  set -a; . " + suite.writeEnvironment(without) + "; set +a");
                terminal.line("  mvn -pl " + without + " -am -Dspotless.check.skip compile quarkus:dev");
            }
            terminal.line("live page: " + suite.fittingAddress() + ", Ctrl-C stops everything");
            while (true) {
                suite.requireAlive();
                Thread.sleep(PAUSE);
            }
        }
    }

    private SuiteOptions options() throws IOException {
        SuiteOptions all = arguments.options();
        return without == null ? all : all.without(without);
    }

    /** One of the services' names. */
    static final class ServiceName implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!SuiteOptions.SERVICES.contains(value)) {
                throw new TypeConversionException(value + " is none of " + String.join(", ", SuiteOptions.SERVICES));
            }
            return value;
        }
    }
}
