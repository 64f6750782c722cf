package org.plmfrontier.dataset.ingest;

import java.util.List;
import org.plmfrontier.contracts.topic.TokenBatch;

class MemoryTokenLogsTest extends TokenLogsContract {
    private final MemoryTokenLogs logs = new MemoryTokenLogs();

    @Override
    protected TokenLogs logs() {
        return logs;
    }

    @Override
    protected List<TokenBatch> readTraining(String corpusId) {
        return logs.training(corpusId).batches();
    }
}
