package org.plmfrontier.launcher.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.suite.Addresses;
import org.plmfrontier.launcher.suite.SuiteContext;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Addresses that nobody gave are those of the context that was named, or of the suite that runs in the home folder, whatever ports it took; where none runs, the
 * usual ones.
 */
final class SuiteDefaults implements IDefaultValueProvider {
    private final Optional<Path> home;
    private final Optional<SuiteContext> context;

    /**
     * Defaults of one call.
     *
     * @param home empty where there is no project folder
     * @param context a suite somewhere else; then the home folder is not looked at
     */
    SuiteDefaults(Optional<Path> home, Optional<SuiteContext> context) {
        this.home = home;
        this.context = context;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return switch (option.longestName()) {
            case "--fitting", "--dataset", "--trainer", "--kafka" ->
                address(option.longestName().substring(2));
            default -> null;
        };
    }

    private @Nullable String address(String part) {
        if (context.isPresent()) {
            // The usual address would be another suite's, to which the context's token does not go.
            String none = "http://no-" + part + "-in-context-" + context.get().name() + ".invalid";
            return context.get().addresses().getOrDefault(part, none);
        }
        return home.flatMap(folder -> Addresses.read(folder, part)).orElse(null);
    }
}
