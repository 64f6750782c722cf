package org.plmfrontier.runtime.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings that every service has for its HTTP server, all under {@code frontier.http}. */
@ConfigMapping(prefix = "frontier.http")
public interface HttpSettings {
    /**
     * Names, comma-separated and without ports, under which the service is asked for beside localhost; {@code *} for any.
     * Pages of these hosts may also ask for changes. Where it is absent, a service that listens on loopback or asks for no
     * token answers to localhost (and to IP addresses, unless it listens on loopback), any other service to any name.
     */
    Optional<List<String>> hosts();

    Expensive expensive();

    /** Requests that cost much to answer; one at a time is answered. */
    interface Expensive {
        /** Most that wait for their turn; further ones are answered 429. */
        @WithDefault("4")
        int waiting();

        /** How long one waits for its turn. */
        @WithDefault("30s")
        Duration queueTime();

        /** How long an answer may take; then it is given up with 503. */
        @WithDefault("1h")
        Duration limit();
    }
}
