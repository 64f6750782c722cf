package org.plmfrontier.dataset.kafka;

import java.util.function.Consumer;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogAudit;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.dataset.ingest.TokenLog;
import org.plmfrontier.dataset.ingest.TokenLogs;

/** Token logs in topics of their own. Thread-safe. */
public final class KafkaTokenLogs implements TokenLogs {
    private final KafkaClients clients;
    private final KafkaTopics topics;

    public KafkaTokenLogs(KafkaClients clients, KafkaTopics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    @Override
    public TokenLog training(String corpusId) {
        return open(Topics.tokens(corpusId), corpusId);
    }

    @Override
    public TokenLog heldOut(String corpusId) {
        return open(Topics.heldOut(corpusId), corpusId);
    }

    @Override
    public long trainingRecords(String corpusId) {
        return records(Topics.tokens(corpusId));
    }

    @Override
    public long heldOutRecords(String corpusId) {
        return records(Topics.heldOut(corpusId));
    }

    @Override
    public TokenLogAudit.Report auditTraining(String corpusId) {
        return LogAudit.read(clients, topics, Topics.tokens(corpusId), new TokenLogAudit(corpusId));
    }

    @Override
    public TokenLogAudit.Report auditHeldOut(String corpusId) {
        return LogAudit.read(clients, topics, Topics.heldOut(corpusId), new TokenLogAudit(corpusId));
    }

    @Override
    public TokenLogAudit.Report readHeldOut(String corpusId, Consumer<TokenBatch> batches) {
        return LogAudit.read(clients, topics, Topics.heldOut(corpusId), new TokenLogAudit(corpusId, batches));
    }

    @Override
    public void delete(String corpusId) {
        topics.delete(Topics.tokens(corpusId));
        topics.delete(Topics.heldOut(corpusId));
    }

    private TokenLog open(String topic, String corpusId) {
        topics.ensureTokenLog(topic);
        TokenLogAudit.Report found = LogAudit.read(clients, topics, topic, new TokenLogAudit(corpusId));
        if (!found.sound()) {
            throw new IllegalStateException(topic + " cannot be continued, it has " + found.defectCount() + " defects: "
                    + String.join("; ", found.defects()) + "; POST /corpora/" + corpusId
                    + "/repair writes it again (./frontier repair)");
        }
        return new KafkaTokenLog(clients, topic);
    }

    private long records(String topic) {
        return topics.exists(topic) ? LogAudit.records(clients, topic) : 0;
    }
}
