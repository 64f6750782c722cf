package org.plmfrontier.dataset.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.study.JobLog;
import org.plmfrontier.dataset.study.LogPosition;

/**
 * Jobs, announcements and commands on their topics, by one idempotent producer without transactions: a transaction's
 * marker would leave a lag of one on the jobs topic for ever, and autoscalers would never reach zero. Thread-safe.
 */
public final class KafkaJobLog implements JobLog, AutoCloseable {
    private static final String SOURCE = "/dataset-service";

    private final KafkaClients clients;
    private final KafkaTopics topics;
    private final Producer<String, byte[]> producer;
    private final TopicEnds ends;

    /** @param nanos time from any fixed moment, nanoseconds */
    public KafkaJobLog(KafkaClients clients, KafkaTopics topics, LongSupplier nanos) {
        this.ends = new TopicEnds(topics, Topics.JOBS, nanos);
        this.clients = clients;
        this.topics = topics;
        this.producer = clients.singleRecordProducer();
    }

    @Override
    public int partitions() {
        return topics.partitions(Topics.JOBS);
    }

    @Override
    public void announce(List<RunPlanned> runs) {
        publishEvents(runs);
    }

    @Override
    public void delete(List<RunDeleted> runs) {
        publishEvents(runs);
    }

    private void publishEvents(List<? extends TrainingEvent> events) {
        Acknowledged.send(
                producer,
                events.stream()
                        .map(event -> new ProducerRecord<>(
                                Topics.EVENTS,
                                null,
                                event.runId(),
                                WireFormat.encode(event),
                                RecordHeaders.of(EventFormat.headers(event, SOURCE))))
                        .toList());
    }

    @Override
    public List<Placed> published(Collection<String> runIds) {
        return PublishedJobs.of(clients, partitions(), runIds);
    }

    @Override
    public Optional<LogPosition> position() {
        return ends.position();
    }

    @Override
    public void ensure() {
        topics.ensureShared();
        ends.forget();
    }

    @Override
    public void publish(List<BatchJob> jobs, Map<String, Integer> partitions) {
        ends.forget();
        Acknowledged.send(
                producer,
                jobs.stream()
                        .map(job -> {
                            String runId = job.run().runId();
                            Integer partition = partitions.get(runId);
                            return new ProducerRecord<>(Topics.JOBS, partition, runId, WireFormat.encode(job));
                        })
                        .toList());
    }

    @Override
    public void command(RunCommand command) {
        Acknowledged.send(
                producer, List.of(new ProducerRecord<>(Topics.COMMANDS, command.runId(), WireFormat.encode(command))));
    }

    @Override
    public void close() {
        producer.close();
    }
}
