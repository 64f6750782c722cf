package org.plmfrontier.dataset.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.topic.TokenBatch;

/** Token logs in memory that can break. */
final class MemoryTokenLogs implements TokenLogs {
    private final Map<String, Log> logs = new HashMap<>();
    private int limit = Integer.MAX_VALUE;

    /** Writes beyond this many batches of a log fail. */
    void breakAfter(int batches) {
        limit = batches;
    }

    @Override
    public Log training(String corpusId) {
        return logs.computeIfAbsent(corpusId, id -> new Log());
    }

    @Override
    public Log heldOut(String corpusId) {
        return logs.computeIfAbsent(corpusId + ".heldout", id -> new Log());
    }

    final class Log implements TokenLog {
        private final List<TokenBatch> batches = new ArrayList<>();

        List<TokenBatch> batches() {
            return batches;
        }

        @Override
        public void append(TokenBatch batch) {
            if (batch.index() < batches.size()) {
                return;
            }
            if (batches.size() >= limit) {
                throw new IllegalStateException("the log is broken");
            }
            batches.add(batch);
        }

        @Override
        public void finish(long records) {
            if (batches.size() != records) {
                throw new IllegalStateException("the log holds " + batches.size() + " batches, not " + records);
            }
        }

        @Override
        public void close() {}
    }
}
