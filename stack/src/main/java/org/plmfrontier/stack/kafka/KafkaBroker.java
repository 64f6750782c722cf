package org.plmfrontier.stack.kafka;

/** A running broker, wherever it runs. */
public interface KafkaBroker extends AutoCloseable {
    /** {@code host:port} for clients. */
    String bootstrapServers();

    /** Stops cleanly; returns when all logs are flushed. */
    @Override
    void close();
}
