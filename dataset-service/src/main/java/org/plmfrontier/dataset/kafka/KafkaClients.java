package org.plmfrontier.dataset.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes clients of one cluster.
 *
 * @param shared settings of every client: the bootstrap servers and whatever security needs
 * @param patience how long a reader waits for records that must be there, and a call of the administrative client for
 *     its answer
 */
public record KafkaClients(Map<String, Object> shared, Duration patience) {
    private static final int BATCH_BYTES = 1 << 18;
    private static final int BUFFER_BYTES = 1 << 24;

    public KafkaClients {
        shared = Map.copyOf(shared);
    }

    /** Calls fail after a while, so that a service can say that its broker is away. */
    public Admin admin() {
        Map<String, Object> config = new HashMap<>(shared);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis() / 2));
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        return Admin.create(config);
    }

    /** A producer for bulk: each record once per call, in order, acknowledged by all replicas. */
    public Producer<String, byte[]> bulkProducer() {
        return producer(BATCH_BYTES, 5);
    }

    /**
     * The same, one record per batch. Brokers hand out whole batches, so a trainer that takes one batch of each of its
     * partitions in turn takes one job of each.
     */
    public Producer<String, byte[]> singleRecordProducer() {
        return producer(0, 0);
    }

    private Producer<String, byte[]> producer(int batchBytes, int lingerMillis) {
        Map<String, Object> config = new HashMap<>(shared);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        config.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaTopics.MAX_RECORD_BYTES);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** A consumer outside any group, for partitions assigned by hand; it never commits. */
    public Consumer<String, byte[]> reader() {
        Map<String, Object> config = new HashMap<>(shared);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
