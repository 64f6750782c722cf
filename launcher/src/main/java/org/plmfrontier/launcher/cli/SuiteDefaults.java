package org.plmfrontier.launcher.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.suite.Addresses;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Addresses that nobody gave are those of the suite that runs in the home folder, whatever ports it took; where none runs, the
 * usual ones.
 */
final class SuiteDefaults implements IDefaultValueProvider {
    private final Optional<Path> home;

    /** @param home empty where there is no project folder */
    SuiteDefaults(Optional<Path> home) {
        this.home = home;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (home.isEmpty() || !(argument instanceof OptionSpec option)) {
            return null;
        }
        return switch (option.longestName()) {
            case "--fitting", "--dataset", "--trainer", "--kafka" ->
                Addresses.read(home.get(), option.longestName().substring(2)).orElse(null);
            default -> null;
        };
    }
}
