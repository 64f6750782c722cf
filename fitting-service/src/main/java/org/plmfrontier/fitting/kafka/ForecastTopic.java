package org.plmfrontier.fitting.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.prediction.SealedPrediction;

/** The topic of sealed predictions: readers of it, and how it is written. Thread-safe. */
@ApplicationScoped
public class ForecastTopic {
    private final Map<String, Object> connection;
    private final OwnTopics topics;

    public ForecastTopic(@Identifier("default-kafka-broker") Map<String, Object> connection, OwnTopics topics) {
        this.connection = connection;
        this.topics = topics;
    }

    /** A reader without partitions; it notes no place anywhere. The topic is there then. */
    KafkaConsumer<String, byte[]> reader() {
        topics.ensure(Topics.FORECASTS);
        return new KafkaConsumer<>(
                settings(
                        ConsumerConfig.configNames(),
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Returns when the broker has all of them. */
    void write(List<SealedPrediction> sealed) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                settings(ProducerConfig.configNames(), Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (SealedPrediction one : sealed) {
                sent.add(producer.send(
                        new ProducerRecord<>(Topics.FORECASTS, one.prediction().studyId(), WireFormat.encode(one))));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not take predictions", e);
        }
    }

    /** The broker and how to reach it; what only other kinds of clients know is left out. */
    private Map<String, Object> settings(Set<String> known, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().removeIf(key -> !known.contains(key));
        settings.putAll(own);
        return settings;
    }
}
