package org.plmfrontier.dataset.ingest;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.corpus.CorpusSink;

/** Writes a corpus to its two logs and the loads of the training batches to the store. */
final class LogSink implements CorpusSink {
    private static final int LOADS = 1000;

    private final String corpusId;
    private final CorpusStore store;
    private final TokenLog training;
    private final TokenLog heldOut;
    private final List<SequenceLoad> loads = new ArrayList<>(LOADS);
    private long stored;

    LogSink(String corpusId, CorpusStore store, TokenLog training, TokenLog heldOut) {
        this.corpusId = corpusId;
        this.store = store;
        this.training = training;
        this.heldOut = heldOut;
    }

    @Override
    public void training(TokenBatch batch) {
        training.append(batch);
        loads.add(batch.load());
        if (loads.size() == LOADS) {
            storeLoads();
        }
    }

    @Override
    public void heldOut(TokenBatch batch) {
        heldOut.append(batch);
    }

    void storeLoads() {
        store.addLoads(corpusId, stored, List.copyOf(loads));
        stored += loads.size();
        loads.clear();
    }
}
