package org.plmfrontier.runtime.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which names a service answers to. A page of somebody else's name that his name server points at this machine (DNS
 * rebinding) is of one origin with the service for the browser, and only the name in the request gives it away. Immutable.
 */
public final class HostRule {
    /** The setting that names hosts. */
    public static final String KEY = "frontier.http.hosts";

    private static final String ANY = "*";

    private final boolean any;
    private final boolean addresses;
    private final Set<String> names;

    private HostRule(boolean any, boolean addresses, Set<String> names) {
        this.any = any;
        this.addresses = addresses;
        this.names = names;
    }

    /**
     * The rule of a service.
     *
     * @param names names that an operator gave; {@code *} for any
     * @param loopback whether the service listens on this machine alone: it is then asked by loopback's own names only
     * @param open whether it does what anybody asks for, without a token
     * @throws IllegalArgumentException where an entry is no name
     */
    public static HostRule of(List<String> names, boolean loopback, boolean open) {
        Set<String> known = new TreeSet<>();
        for (String name : names) {
            String host = name.strip().toLowerCase(Locale.ROOT);
            if (!host.equals(ANY)
                    && Authority.of(host).filter(one -> one.port().isEmpty()).isEmpty()) {
                throw new IllegalArgumentException(
                        KEY + " must list names of hosts without ports, or *, got '" + name + "'");
            }
            known.add(host);
        }
        boolean any = known.contains(ANY) || (names.isEmpty() && !loopback && !open);
        return new HostRule(any, !loopback, known);
    }

    /**
     * Why a request is refused, one sentence; empty where it is not.
     *
     * @param authority its Host header; null where it has none
     */
    public Optional<String> refusal(@Nullable String authority) {
        if (any) {
            return Optional.empty();
        }
        Optional<Authority> asked = authority == null ? Optional.empty() : Authority.of(authority);
        boolean known = asked.filter(
                        one -> one.isLoopback() || (addresses && one.isAddress()) || names.contains(one.host()))
                .isPresent();
        return known
                ? Optional.empty()
                : Optional.of("the request is for the host '" + (authority == null ? "" : authority)
                        + "', this service answers to " + String.join(", ", shown()) + "; further names stand in "
                        + KEY);
    }

    /** Whether an operator named this host. */
    boolean isNamed(String host) {
        return names.contains(host);
    }

    private Set<String> shown() {
        Set<String> shown = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        if (addresses) {
            shown.add("any IP address");
        }
        shown.addAll(names);
        return shown;
    }
}
