package org.plmfrontier.stack.kafka;

import java.util.Optional;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * A broker that cannot go on, with a full disk for example, ends its process; embedded in another one it would take that
 * along, and what it has started would be left alone. Here it ends itself, and says why. Thread-safe.
 */
final class BrokerExit {
    private static volatile @Nullable String reason;

    private BrokerExit() {}

    /** Thrown in the thread that wanted to end the process. */
    private static final class BrokerEndedError extends Error {
        private static final long serialVersionUID = 1;

        BrokerEndedError(String message) {
            super(message);
        }
    }

    /** From now on a broker of this process that wants to end it is only noted. */
    static void watch() {
        reason = null;
        Exit.setExitProcedure(BrokerExit::note);
        Exit.setHaltProcedure(BrokerExit::note);
    }

    private static void note(int status, @Nullable String message) {
        String said = "the Kafka broker ended with status " + status
                + (message == null || message.isBlank() ? "" : ": " + message);
        if (reason == null) {
            reason = said;
        }
        throw new BrokerEndedError(said);
    }

    /** Why a broker wanted to end the process since it is watched. */
    static Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
