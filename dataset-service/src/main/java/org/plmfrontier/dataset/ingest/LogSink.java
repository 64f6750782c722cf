package org.plmfrontier.dataset.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusSink;

/**
 * Writes a corpus to its two logs and the loads of the training batches to the store. The logs are opened with the first
 * batch, when all sources were read: sources that cannot be read touch no log.
 */
final class LogSink implements CorpusSink, AutoCloseable {
    private static final int LOADS = 1000;

    private final String corpusId;
    private final CorpusStore store;
    private final TokenLogs logs;
    private final boolean anew;
    private final List<SequenceLoad> loads = new ArrayList<>(LOADS);
    private @Nullable TokenLog training;
    private @Nullable TokenLog heldOut;
    private long stored;

    /** @param anew whether what the logs hold is deleted; else it is continued */
    LogSink(String corpusId, CorpusStore store, TokenLogs logs, boolean anew) {
        this.corpusId = corpusId;
        this.store = store;
        this.logs = logs;
        this.anew = anew;
    }

    /** Whether the logs are, or were, written. */
    synchronized boolean opened() {
        return training != null;
    }

    @Override
    public void training(TokenBatch batch) {
        open().append(batch);
        loads.add(batch.load());
        if (loads.size() == LOADS) {
            storeLoads();
        }
    }

    @Override
    public void heldOut(TokenBatch batch) {
        open();
        Objects.requireNonNull(heldOut).append(batch);
    }

    /** Waits until both logs hold what the manifest says. */
    void finish(CorpusManifest manifest) {
        storeLoads();
        open().finish(manifest.records());
        Objects.requireNonNull(heldOut).finish(manifest.heldOutRecords());
    }

    private synchronized TokenLog open() {
        TokenLog open = training;
        if (open == null) {
            if (anew) {
                logs.delete(corpusId);
            }
            open = logs.training(corpusId);
            training = open;
            heldOut = logs.heldOut(corpusId);
        }
        return open;
    }

    private void storeLoads() {
        store.addLoads(corpusId, stored, List.copyOf(loads));
        stored += loads.size();
        loads.clear();
    }

    @Override
    public synchronized void close() {
        if (training != null) {
            training.close();
        }
        if (heldOut != null) {
            heldOut.close();
        }
    }
}
