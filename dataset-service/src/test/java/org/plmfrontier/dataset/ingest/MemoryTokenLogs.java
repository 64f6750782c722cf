package org.plmfrontier.dataset.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogAudit;

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
        return open(corpusId);
    }

    @Override
    public Log heldOut(String corpusId) {
        return open(corpusId + ".heldout");
    }

    private Log open(String name) {
        Log log = logs.computeIfAbsent(name, id -> new Log());
        log.next = 0;
        return log;
    }

    @Override
    public long trainingRecords(String corpusId) {
        return records(corpusId);
    }

    @Override
    public long heldOutRecords(String corpusId) {
        return records(corpusId + ".heldout");
    }

    private long records(String name) {
        Log log = logs.get(name);
        return log == null ? 0 : log.batches.size();
    }

    @Override
    public TokenLogAudit.Report auditTraining(String corpusId) {
        return audit(new TokenLogAudit(corpusId), training(corpusId));
    }

    @Override
    public TokenLogAudit.Report auditHeldOut(String corpusId) {
        return readHeldOut(corpusId, batch -> {});
    }

    @Override
    public TokenLogAudit.Report readHeldOut(String corpusId, Consumer<TokenBatch> batches) {
        return audit(new TokenLogAudit(corpusId, batches), heldOut(corpusId));
    }

    @Override
    public void delete(String corpusId) {
        logs.remove(corpusId);
        logs.remove(corpusId + ".heldout");
    }

    private static TokenLogAudit.Report audit(TokenLogAudit audit, Log log) {
        for (int offset = 0; offset < log.batches.size(); offset++) {
            TokenBatch batch = log.batches.get(offset);
            audit.take(offset, batch.headers(), batch.tokens());
        }
        return audit.report(log.batches.size());
    }

    final class Log implements TokenLog {
        private final List<TokenBatch> batches = new ArrayList<>();
        private long next;

        List<TokenBatch> batches() {
            return batches;
        }

        @Override
        public void append(TokenBatch batch) {
            if (batch.index() != next) {
                throw new IllegalStateException("the log expects index " + next + ", got " + batch.index());
            }
            next++;
            if (batch.index() < batches.size()) {
                requireSame(batches.get((int) batch.index()), batch);
                return;
            }
            if (batches.size() >= limit) {
                throw new IllegalStateException("the log is broken");
            }
            batches.add(batch);
        }

        private static void requireSame(TokenBatch known, TokenBatch batch) {
            if (!Arrays.equals(known.tokens(), batch.tokens())) {
                throw new IllegalStateException("the log holds other tokens at index " + batch.index());
            }
        }

        @Override
        public void finish(long records) {
            if (batches.size() != records) {
                throw new IllegalStateException(
                        "the log holds " + batches.size() + " batches, the corpus has " + records);
            }
        }

        @Override
        public void close() {}
    }
}
