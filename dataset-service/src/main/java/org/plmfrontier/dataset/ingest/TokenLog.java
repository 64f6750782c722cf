package org.plmfrontier.dataset.ingest;

import org.plmfrontier.contracts.topic.TokenBatch;

/** One token log while it is written. Not thread-safe. */
public interface TokenLog extends AutoCloseable {
    /**
     * Writes the batch unless the log holds its index already. Indices come without gap from 0.
     *
     * @throws IllegalStateException where the log holds something else, or a write failed
     */
    void append(TokenBatch batch);

    /**
     * Waits until everything is acknowledged and checks the end of the log.
     *
     * @param records how many batches the log must hold
     * @throws IllegalStateException where it holds another number or its last batch has another index
     */
    void finish(long records);

    @Override
    void close();
}
