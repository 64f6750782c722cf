package org.plmfrontier.fitting.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.prediction.SealedPrediction;

/** The topic of sealed predictions: readers of it, and how it is written. Thread-safe. */
@ApplicationScoped
public class ForecastTopic {
    private static final Logger LOG = Logger.getLogger(ForecastTopic.class);

    /** A transaction that a killed instance leaves open ends with the next one, or after half a minute. */
    private static final Map<String, Object> WRITING = Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, "plm-forecasts", ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);

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

    /**
     * Writes predictions in one transaction that no other instance can have at the same time: who begins one ends that of the
     * others, so what is read after the beginning is all that there is when the records are committed.
     *
     * @param open asked once the transaction has begun
     * @return how many were written; none where another instance began meanwhile
     */
    int write(Supplier<List<SealedPrediction>> open) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                settings(ProducerConfig.configNames(), WRITING), new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            List<SealedPrediction> sealed = open.get();
            for (SealedPrediction one : sealed) {
                producer.send(
                        new ProducerRecord<>(Topics.FORECASTS, one.prediction().studyId(), WireFormat.encode(one)));
            }
            producer.commitTransaction();
            return sealed.size();
        } catch (KafkaException e) {
            if (!isFenced(e)) {
                throw e;
            }
            LOG.debug("another instance seals predictions", e);
            return 0;
        }
    }

    /** Whether another instance began a transaction; a record that was on its way may say so as the cause. */
    private static boolean isFenced(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /** The broker and how to reach it; what only other kinds of clients know is left out. */
    private Map<String, Object> settings(Set<String> known, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().removeIf(key -> !known.contains(key));
        settings.putAll(own);
        return settings;
    }
}
