package org.plmfrontier.trainer.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How the trainer's own clients are set up, beside the channel's consumer.
 *
 * @param connection what every client needs: the bootstrap servers and whatever security asks for
 * @param trainer unique among running trainers; names the transactional producer, so that a restart ends at once what a
 *     killed process left open
 * @param waits how long they wait for the broker
 */
public record KafkaSettings(Map<String, Object> connection, String trainer, KafkaWaits waits) {
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    /** A few records of provisional steps, each of which may have nearly a megabyte. */
    private static final long PROGRESS_BUFFER_BYTES = 4 << 20;
    /** How long the thread that sends provisional steps, and no other, waits for the topic or for room in the buffer. */
    private static final long PROGRESS_BLOCK_MILLIS = 1_000;

    private static final int PROGRESS_REQUEST_MILLIS = 2_000;
    /** After this time nobody is interested in a provisional step any more. */
    private static final int PROGRESS_DELIVERY_MILLIS = 5_000;

    public KafkaSettings {
        connection = Map.copyOf(connection);
        Objects.requireNonNull(trainer, "trainer");
    }

    /** For a consumer without a group, with its partitions assigned by hand. */
    Map<String, Object> reader(String isolation, int maxPollRecords) {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_MESSAGE_BYTES);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, callMillis());
        return settings;
    }

    /** For the one transactional producer. */
    Map<String, Object> producer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "plm-trainer-" + trainer);
        settings.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(waits.transaction().toMillis()));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) callMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, callMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, callMillis() / 3);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
        return settings;
    }

    /** For the group that takes evaluation jobs; one job at a time, consumed by hand. */
    Map<String, Object> evaluations() {
        Map<String, Object> settings = reader("read_committed", 1);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "evaluators");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        return settings;
    }

    /** For results of evaluations, each of which counts once however often it comes. */
    Map<String, Object> resultProducer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) callMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, callMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, callMillis() / 3);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
        return settings;
    }

    /**
     * For provisional steps: in order, and given up soon. Its memory is bounded, and whatever does not get through in time is
     * dropped.
     */
    Map<String, Object> progressProducer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.ACKS_CONFIG, "1");
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PROGRESS_BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PROGRESS_BLOCK_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PROGRESS_REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PROGRESS_DELIVERY_MILLIS);
        return settings;
    }

    /** For the administrative client of the health check. */
    Map<String, Object> admin() {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        return settings;
    }

    private int callMillis() {
        return Math.toIntExact(waits.call().toMillis());
    }

    private Map<String, Object> common() {
        return new HashMap<>(connection);
    }
}
