package org.plmfrontier.dataset.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.evaluation.EvaluationLog;

/** Evaluation jobs on their topic, and each file in a topic of its own. Thread-safe. */
public final class KafkaEvaluationLog implements EvaluationLog, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaEvaluationLog.class);

    /** The group of the trainers that take evaluation jobs. */
    private static final String EVALUATORS = "evaluators";

    private static final String SOURCE = "/dataset-service";

    private final KafkaClients clients;
    private final KafkaTopics topics;
    private final Producer<String, byte[]> producer;

    public KafkaEvaluationLog(KafkaClients clients, KafkaTopics topics) {
        this.clients = clients;
        this.topics = topics;
        this.producer = clients.singleRecordProducer();
    }

    /** Goes on behind the parts that an earlier attempt has written: they are those of the same bytes. */
    @Override
    public void keep(EvaluationData file, Path content) throws IOException {
        String topic = Topics.evaluationData(file.sha256());
        topics.ensureTokenLog(topic);
        topics.partitions(topic);
        long written = topics.ends(topic).next().getOrDefault(0, 0L);
        try (InputStream in = Files.newInputStream(content)) {
            in.skipNBytes(Math.min(file.bytes(), written * EvaluationData.PART_BYTES));
            byte[] part = in.readNBytes(EvaluationData.PART_BYTES);
            while (part.length > 0) {
                Acknowledged.send(producer, List.of(new ProducerRecord<>(topic, 0, null, part)));
                part = in.readNBytes(EvaluationData.PART_BYTES);
            }
        }
    }

    @Override
    public void keepOnly(Set<String> sha256) {
        Set<String> kept = sha256.stream().map(Topics::evaluationData).collect(Collectors.toSet());
        topics.named(Topics.EVALUATION_DATA).stream()
                .filter(topic -> !kept.contains(topic))
                .forEach(topics::delete);
    }

    @Override
    public OptionalLong waiting() {
        try {
            Map<Integer, Long> consumed = topics.consumed(EVALUATORS, Topics.EVALUATION_JOBS);
            return OptionalLong.of(topics.ends(Topics.EVALUATION_JOBS).next().entrySet().stream()
                    .mapToLong(end -> end.getValue() - consumed.getOrDefault(end.getKey(), 0L))
                    .sum());
        } catch (KafkaException e) {
            LOG.debugf(e, "the broker does not say how many evaluations wait");
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(EvaluationData file) throws IOException {
        Path copy = Files.createTempFile("evaluation", ".data");
        try {
            TopicPartition topic = new TopicPartition(Topics.evaluationData(file.sha256()), 0);
            try (OutputStream out = Files.newOutputStream(copy);
                    Consumer<String, byte[]> reader = clients.reader()) {
                reader.assign(List.of(topic));
                reader.seekToBeginning(List.of(topic));
                while (reader.position(topic) < file.parts()) {
                    ConsumerRecords<String, byte[]> records = reader.poll(clients.patience());
                    if (records.isEmpty()) {
                        throw new IOException(
                                topic.topic() + " gives " + reader.position(topic) + " of " + file.parts() + " parts");
                    }
                    for (ConsumerRecord<String, byte[]> record : records) {
                        out.write(record.value());
                    }
                }
            } catch (KafkaException e) {
                throw new IOException(topic.topic() + " cannot be read: " + e.getMessage(), e);
            }
            return Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    @Override
    public void audited(DownstreamEvaluated relatives) {
        Acknowledged.send(
                producer,
                List.of(new ProducerRecord<>(
                        Topics.EVENTS,
                        null,
                        relatives.runId(),
                        WireFormat.encode(relatives),
                        RecordHeaders.of(EventFormat.headers(relatives, SOURCE)))));
    }

    @Override
    public void publish(List<EvaluationJob> jobs) {
        Acknowledged.send(
                producer,
                jobs.stream()
                        .map(job -> new ProducerRecord<>(
                                Topics.EVALUATION_JOBS, job.run().runId(), WireFormat.encode(job)))
                        .toList());
    }

    @Override
    public void close() {
        producer.close();
    }
}
