package org.plmfrontier.trainer.kafka;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.stack.TestStack;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogContract;

/** On a real broker; what a broker alone can do to a log is in {@link RestartTest}. */
class KafkaTokenLogTest extends TokenLogContract {
    private final String servers = TestStack.get().bootstrapServers();
    private final StudyTopics topics = new StudyTopics(servers);
    private final KafkaTokenLog log = new KafkaTokenLog(StudyTopics.settings(servers, "token-log-kit"));

    @AfterAll
    void disconnect() {
        log.close();
        topics.close();
    }

    @Override
    protected TokenLog log() {
        return log;
    }

    @Override
    protected void write(String corpusId, List<TokenBatch> trained, List<TokenBatch> held) {
        topics.writeCorpus(corpusId, trained, held);
    }
}
