package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** Token logs in memory that remember what was read. */
public final class MemoryTokenLog implements TokenLog {
    public final List<Long> trainingReads = new ArrayList<>();
    public final List<Long> heldOutReads = new ArrayList<>();
    private final Map<String, List<TokenBatch>> training = new HashMap<>();
    private final Map<String, List<TokenBatch>> heldOut = new HashMap<>();

    /** Without a corpus. */
    public MemoryTokenLog() {}

    /** With one corpus, that of the batches. */
    public MemoryTokenLog(List<TokenBatch> training, List<TokenBatch> heldOut) {
        add(training.getFirst().corpusId(), training, heldOut);
    }

    public void add(String corpusId, List<TokenBatch> trained, List<TokenBatch> held) {
        training.put(corpusId, trained);
        heldOut.put(corpusId, held);
    }

    @Override
    public TokenBatch training(CorpusRef corpus, long index) throws TokenLogException {
        trainingReads.add(index);
        return at(training, corpus, index);
    }

    @Override
    public TokenBatch heldOut(CorpusRef corpus, long index) throws TokenLogException {
        heldOutReads.add(index);
        return at(heldOut, corpus, index);
    }

    private static TokenBatch at(Map<String, List<TokenBatch>> logs, CorpusRef corpus, long index)
            throws TokenLogException {
        List<TokenBatch> batches = logs.get(corpus.id());
        if (batches == null) {
            throw new TokenLogException("there is no corpus " + corpus.id());
        }
        if (index >= batches.size()) {
            throw new TokenLogException("corpus " + corpus.id() + " holds no record " + index);
        }
        return batches.get((int) index);
    }
}
