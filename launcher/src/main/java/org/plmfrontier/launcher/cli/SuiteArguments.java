package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.suite.Ports;
import org.plmfrontier.launcher.suite.SuiteOptions;
import picocli.CommandLine.Option;

/** Options of every command that starts a suite. */
final class SuiteArguments {
    /** Names the home folder for all commands of a shell. */
    private static final String HOME = "FRONTIER_HOME";

    @Option(
            names = "--home",
            description = "folder of the suite's data (default: FRONTIER_HOME, else .plm-frontier in the project)")
    @Nullable
    Path home;

    @Option(names = "--free-ports", description = "take any free ports instead of 8080 to 8082")
    boolean freePorts;

    @Option(names = "--trainers", defaultValue = "2", description = "trainer processes (default: ${DEFAULT-VALUE})")
    int trainers;

    SuiteOptions options() throws IOException {
        Path folder =
                home != null ? home.toAbsolutePath() : usualHome().orElseGet(() -> root().resolve(".plm-frontier"));
        Ports ports = freePorts ? Ports.free() : Ports.STANDARD;
        return new SuiteOptions(root(), folder, ports, trainers, Math.max(2, trainers), SuiteOptions.SMALL_JVM);
    }

    /** The same suite in a folder of its own, and without trainers. */
    static SuiteOptions replaying(SuiteOptions options) {
        return new SuiteOptions(
                options.root(),
                options.home().resolve("replay"),
                options.ports(),
                new SuiteOptions.Trainers(0, options.partitions()),
                options.services());
    }

    /** Where a suite is by default; empty where nothing says. */
    static Optional<Path> usualHome() {
        String named = System.getenv(HOME);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named).toAbsolutePath());
        }
        return Optional.ofNullable(System.getProperty("frontier.root"))
                .map(root -> Path.of(root).resolve(".plm-frontier"));
    }

    /** The project's folder, which the start script knows. */
    static Path root() {
        String root = System.getProperty("frontier.root");
        if (root == null) {
            throw new IllegalStateException("start plm-frontier by ./frontier");
        }
        return Path.of(root);
    }

    /** The folder in which the person gave the command: the start script changes to the project's. */
    static Path userFolder() {
        return Path.of(System.getProperty("frontier.cwd", ""));
    }

    /** What happens on the way to a result, on standard error: the result alone is on standard output. */
    static Terminal messages() {
        return new Terminal(System.err, false);
    }

    static Terminal terminal() {
        return new Terminal(System.out, Boolean.getBoolean("frontier.terminal"));
    }
}
