package org.plmfrontier.trainer.slice;

import java.util.List;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogContract;

class MemoryTokenLogTest extends TokenLogContract {
    private final MemoryTokenLog log = new MemoryTokenLog();

    @Override
    protected TokenLog log() {
        return log;
    }

    @Override
    protected void write(String corpusId, List<TokenBatch> trained, List<TokenBatch> held) {
        log.add(corpusId, trained, held);
    }
}
