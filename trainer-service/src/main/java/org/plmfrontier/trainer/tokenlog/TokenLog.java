package org.plmfrontier.trainer.tokenlog;

import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.topic.TokenBatch;

/** The corpora as they were written, record by record; read forwards it is fast. Not thread-safe. */
public interface TokenLog {
    /**
     * A training record.
     *
     * @param index 0 to {@code corpus.records() - 1}
     * @throws TokenLogException where the log does not hold it, or it is damaged
     */
    TokenBatch training(CorpusRef corpus, long index) throws TokenLogException;

    /**
     * A held-out record.
     *
     * @param index 0 to {@code corpus.heldOutRecords() - 1}
     * @throws TokenLogException where the log does not hold it, or it is damaged
     */
    TokenBatch heldOut(CorpusRef corpus, long index) throws TokenLogException;
}
