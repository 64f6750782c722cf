package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.suite.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./frontier up}: the suite without a study, until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts broker, database and services and keeps them up until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    SuiteArguments arguments = new SuiteArguments();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Terminal terminal = SuiteArguments.terminal();
        try (RunningSuite running = RunningSuite.start(arguments.options(), terminal)) {
            Suite suite = running.suite();
            terminal.line("live page: " + suite.fittingAddress() + ", Ctrl-C stops everything");
            while (true) {
                suite.requireAlive();
                Thread.sleep(PAUSE);
            }
        }
    }
}
