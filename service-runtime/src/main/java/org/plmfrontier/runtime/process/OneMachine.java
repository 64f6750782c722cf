package org.plmfrontier.runtime.process;

import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.runtime.access.WriteAccess;

/** The profiles in which everything runs on one machine for one person. */
public final class OneMachine {
    private static final List<String> PROFILES = List.of("local", "dev", "test");

    private OneMachine() {}

    /** Whether such a profile is active. */
    public static boolean isActive() {
        return PROFILES.stream().anyMatch(ConfigUtils::isProfileActive);
    }

    /**
     * Open on one machine; elsewhere for the bearers of tokens.
     *
     * @param tokens as {@link WriteAccess#bearers} takes them; nobody may write where they are absent
     */
    public static WriteAccess access(Optional<List<String>> tokens) {
        return isActive() ? WriteAccess.open() : WriteAccess.bearers(tokens.orElse(List.of()));
    }
}
