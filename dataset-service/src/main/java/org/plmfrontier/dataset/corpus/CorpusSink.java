package org.plmfrontier.dataset.corpus;

import org.plmfrontier.contracts.topic.TokenBatch;

/** Takes a corpus batch by batch, each part in the order of its indices from 0. */
public interface CorpusSink {
    void training(TokenBatch batch);

    void heldOut(TokenBatch batch);
}
