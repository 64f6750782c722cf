package org.plmfrontier.dataset.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.evaluation.EvaluationLog;

/** Evaluation jobs on their topic, and each file in a topic of its own. Thread-safe. */
public final class KafkaEvaluationLog implements EvaluationLog, AutoCloseable {
    private final KafkaTopics topics;
    private final Producer<String, byte[]> producer;

    public KafkaEvaluationLog(KafkaClients clients, KafkaTopics topics) {
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
                send(List.of(new ProducerRecord<>(topic, 0, null, part)));
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
    public void publish(List<EvaluationJob> jobs) {
        send(jobs.stream()
                .map(job ->
                        new ProducerRecord<>(Topics.EVALUATION_JOBS, job.run().runId(), WireFormat.encode(job)))
                .toList());
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        records.forEach(record -> acknowledgements.add(producer.send(record)));
        producer.flush();
        for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            try {
                acknowledgement.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the broker did not take a record: " + e.getCause(), e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
