package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** A token log in memory that remembers what was read. */
public final class MemoryTokenLog implements TokenLog {
    public final List<Long> trainingReads = new ArrayList<>();
    public final List<Long> heldOutReads = new ArrayList<>();
    private final List<TokenBatch> training;
    private final List<TokenBatch> heldOut;

    public MemoryTokenLog(List<TokenBatch> training, List<TokenBatch> heldOut) {
        this.training = training;
        this.heldOut = heldOut;
    }

    @Override
    public TokenBatch training(CorpusRef corpus, long index) throws TokenLogException {
        trainingReads.add(index);
        return at(training, index);
    }

    @Override
    public TokenBatch heldOut(CorpusRef corpus, long index) throws TokenLogException {
        heldOutReads.add(index);
        return at(heldOut, index);
    }

    private static TokenBatch at(List<TokenBatch> batches, long index) throws TokenLogException {
        if (index >= batches.size()) {
            throw new TokenLogException("no record " + index);
        }
        return batches.get((int) index);
    }
}
