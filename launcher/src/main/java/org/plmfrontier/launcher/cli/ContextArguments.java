package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.plmfrontier.launcher.suite.SuiteContext;

/** Which suite a command means: {@code --context NAME}, else {@code FRONTIER_CONTEXT}, else the one of the home folder. */
final class ContextArguments {
    private static final String OPTION = "--context";
    private static final String VARIABLE = "FRONTIER_CONTEXT";
    private static final String FILE = "FRONTIER_CONTEXTS";

    private ContextArguments() {}

    /**
     * The context that the arguments or the environment name; it must be known before they are parsed, since it has their
     * defaults.
     */
    static Optional<SuiteContext> of(String[] arguments) throws IOException {
        Optional<String> name = named(arguments).or(() -> variable(VARIABLE));
        return name.isEmpty() ? Optional.empty() : Optional.of(SuiteContext.read(file(), name.get()));
    }

    private static Optional<String> named(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(OPTION + "=")) {
                return Optional.of(arguments[i].substring(OPTION.length() + 1));
            }
            if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
                return Optional.of(arguments[i + 1]);
            }
        }
        return Optional.empty();
    }

    private static Path file() {
        return variable(FILE)
                .map(Path::of)
                .orElseGet(() ->
                        Path.of(System.getProperty("user.home"), ".config", "plm-frontier", "contexts.properties"));
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
