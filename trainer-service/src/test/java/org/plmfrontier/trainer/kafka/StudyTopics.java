package org.plmfrontier.trainer.kafka;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.runtime.retry.Backoff;

/** The other services' side of the topics: writes corpora, jobs and commands, reads what was published. */
public final class StudyTopics implements AutoCloseable {
    public static final int PARTITIONS = 2;

    private final String servers;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    public StudyTopics(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
        Set<String> present = await(admin.listTopics().names());
        List<NewTopic> wanted = List.of(
                new NewTopic(Topics.JOBS, PARTITIONS, (short) 1),
                new NewTopic(Topics.CHECKPOINTS, PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                new NewTopic(Topics.EVENTS, 1, (short) 1),
                new NewTopic(Topics.PROGRESS, 1, (short) 1),
                new NewTopic(Topics.COMMANDS, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                new NewTopic(Topics.EVALUATION_JOBS, PARTITIONS, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.EVALUATION_JOBS), 1, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.JOBS), 1, (short) 1));
        List<NewTopic> missing =
                wanted.stream().filter(topic -> !present.contains(topic.name())).toList();
        await(admin.createTopics(missing).all());
    }

    /** Writes a corpus and its held-out part, one record each per batch. */
    public CorpusRef writeCorpus(String id, List<TokenBatch> training, List<TokenBatch> heldOut) {
        Map<String, String> large = Map.of("max.message.bytes", "4194304", "retention.ms", "-1");
        await(admin.createTopics(List.of(
                        new NewTopic(Topics.tokens(id), 1, (short) 1).configs(large),
                        new NewTopic(Topics.heldOut(id), 1, (short) 1).configs(large)))
                .all());
        write(Topics.tokens(id), training);
        write(Topics.heldOut(id), heldOut);
        long tokens =
                training.stream().mapToLong(batch -> batch.tokens().length).sum();
        return new CorpusRef(id, training.size(), tokens, heldOut.size(), new ReferenceLosses(3.37, 2.9, 2.88));
    }

    /** The first record is there before the second is sent: a leader just made may refuse the one and take the other. */
    private void write(String topic, List<TokenBatch> batches) {
        for (int i = 0; i < batches.size(); i++) {
            send(topic, batches.get(i));
            if (i == 0) {
                producer.flush();
            }
        }
        producer.flush();
    }

    public void send(int partition, BatchJob job) {
        sendRaw(partition, job.run().runId(), WireFormat.encode(job));
    }

    public void sendRaw(int partition, String key, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.JOBS, partition, key, value));
        producer.flush();
    }

    public void command(Object command, String runId) {
        producer.send(new ProducerRecord<>(Topics.COMMANDS, runId, WireFormat.encode(command)));
        producer.flush();
    }

    public void sendEvaluation(EvaluationJob job) {
        sendEvaluationRaw(job.run().runId(), WireFormat.encode(job));
    }

    public void sendEvaluationRaw(String runId, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.EVALUATION_JOBS, runId, value));
        producer.flush();
    }

    /** Writes the parts of a file to a topic of its own, where that is not there. */
    void writeFile(String topic, List<byte[]> parts) {
        if (await(admin.listTopics().names()).contains(topic)) {
            return;
        }
        await(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
        for (byte[] part : parts) {
            producer.send(new ProducerRecord<>(topic, 0, null, part));
            producer.flush();
        }
    }

    /** Reasons of the dead letters among evaluation jobs whose key is the run. */
    List<String> evaluationDeadLetters(String runId) {
        return committed(Topics.deadLetters(Topics.EVALUATION_JOBS)).stream()
                .filter(record -> runId.equals(record.key()))
                .map(record -> new String(headers(record).get("dead-letter-reason"), StandardCharsets.UTF_8))
                .toList();
    }

    /** All committed events of a study, in order. */
    public List<TrainingEvent> events(String studyId) {
        List<TrainingEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : committed(Topics.EVENTS)) {
            try {
                TrainingEvent event = EventFormat.decode(headers(record), record.value());
                if (event.studyId().equals(studyId)) {
                    events.add(event);
                }
            } catch (UndecodableException e) {
                throw new IllegalStateException(e);
            }
        }
        return events;
    }

    /** All provisional steps of a run, in order. */
    List<ProvisionalSteps> progress(String runId) {
        List<ProvisionalSteps> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : committed(Topics.PROGRESS)) {
            try {
                if (runId.equals(record.key())) {
                    found.add(WireFormat.decode(record.value(), ProvisionalSteps.class));
                }
            } catch (UndecodableException e) {
                throw new IllegalStateException(e);
            }
        }
        return found;
    }

    /** Reasons of the dead letters whose key is the run. */
    public List<String> deadLetters(String runId) {
        return committed(Topics.deadLetters(Topics.JOBS)).stream()
                .filter(record -> runId.equals(record.key()))
                .map(record -> new String(headers(record).get("dead-letter-reason"), StandardCharsets.UTF_8))
                .toList();
    }

    /** Jobs of a partition that the group has not consumed. */
    public long backlog(int partition, String group) {
        TopicPartition place = new TopicPartition(Topics.JOBS, partition);
        OffsetAndMetadata done = await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(place);
        return end(place) - (done == null ? 0 : done.offset());
    }

    /** Makes a new group begin behind all jobs that are there. */
    public void beginAtTheEnd(String group) {
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TopicPartition place = new TopicPartition(Topics.JOBS, partition);
            ends.put(place, new OffsetAndMetadata(end(place)));
        }
        await(admin.alterConsumerGroupOffsets(group, ends).all());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    /** Offset of the next job of a partition. */
    long end(int partition) {
        return end(new TopicPartition(Topics.JOBS, partition));
    }

    private long end(TopicPartition place) {
        try (KafkaConsumer<String, byte[]> consumer = reader("read_uncommitted")) {
            return consumer.endOffsets(List.of(place)).get(place);
        }
    }

    /** Up to the end of what is written: a commit returns before its markers are in all partitions. */
    private List<ConsumerRecord<String, byte[]>> committed(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        TopicPartition place = new TopicPartition(topic, 0);
        long end = end(place);
        try (KafkaConsumer<String, byte[]> consumer = reader("read_committed")) {
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            while (consumer.position(place) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** The broker's file of a corpus's token log. */
    Path tokenFile(String corpusId) {
        return await(admin.describeLogDirs(List.of(1)).allDescriptions()).get(1).keySet().stream()
                .map(folder -> Path.of(folder, Topics.tokens(corpusId) + "-0", "00000000000000000000.log"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** How clients reach a broker without security. */
    static KafkaSettings settings(String servers, String trainer) {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
        return new KafkaSettings(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers),
                trainer,
                new KafkaWaits(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(30),
                        backoff));
    }

    private KafkaConsumer<String, byte[]> reader(String isolation) {
        return new KafkaConsumer<>(settings(servers, "reader").reader(isolation, 500));
    }

    private void send(String topic, TokenBatch batch) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, null, batch.tokens());
        batch.headers().forEach((name, value) -> record.headers().add(name, value));
        producer.send(record);
    }

    private static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return headers;
    }

    private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
