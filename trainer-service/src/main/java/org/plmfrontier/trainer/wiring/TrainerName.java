package org.plmfrontier.trainer.wiring;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** How a trainer names itself in events and files: as it is told to, else by its host and port. */
final class TrainerName {
    private TrainerName() {}

    /** Asks for the name of this host. */
    @FunctionalInterface
    interface HostName {
        String ask() throws UnknownHostException;
    }

    /**
     * The name.
     *
     * @param given {@code trainer.name}; where there is one, the host is not asked, so it need not know its own name
     * @throws UnknownHostException where the host has a name that it cannot resolve; the message says what to set
     */
    static String of(Optional<String> given, int port, HostName host) throws UnknownHostException {
        if (given.isPresent()) {
            return given.get();
        }
        try {
            return host.ask().toLowerCase(Locale.ROOT) + "-" + port;
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException(
                    "this host does not know its own name (" + e.getMessage() + "): set trainer.name");
            named.initCause(e);
            throw named;
        }
    }
}
