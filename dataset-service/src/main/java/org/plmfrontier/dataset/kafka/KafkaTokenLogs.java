package org.plmfrontier.dataset.kafka;

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
        return open(Topics.tokens(corpusId));
    }

    @Override
    public TokenLog heldOut(String corpusId) {
        return open(Topics.heldOut(corpusId));
    }

    private TokenLog open(String topic) {
        topics.ensureTokenLog(topic);
        return new KafkaTokenLog(clients, topic);
    }
}
