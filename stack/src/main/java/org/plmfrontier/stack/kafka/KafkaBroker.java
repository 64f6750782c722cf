package org.plmfrontier.stack.kafka;

import java.util.Optional;

/** A running broker, wherever it runs. */
public interface KafkaBroker extends AutoCloseable {
    /** {@code host:port} for clients. */
    String bootstrapServers();

    /** Why the broker has ended by itself; empty while it runs. */
    Optional<String> ended();

    /** Stops cleanly; returns when all logs are flushed. */
    @Override
    void close();
}
