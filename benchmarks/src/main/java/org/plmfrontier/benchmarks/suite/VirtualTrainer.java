package org.plmfrontier.benchmarks.suite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;

/**
 * A trainer whose device is virtual: it takes jobs from the real topic in the trainers' group, lets the time of a slice pass, and
 * commits events and offset in one fenced transaction. One thread of its own.
 */
final class VirtualTrainer {
    /** How a trainer ends. */
    enum End {
        NONE,
        /** Hands over what is done of its slice and leaves the group. */
        LEAVE,
        /** Is gone at once; the group notices by its silence. */
        KILL
    }

    private static final Duration POLL = Duration.ofMillis(20);
    private static final long LOOK_MILLIS = 25;

    private final String name;
    private final String servers;
    private final VirtualTime time;
    private final PaperRuns runs;
    private final Thread thread;
    private volatile End end = End.NONE;
    private volatile boolean training;
    private volatile double lostSeconds;
    private volatile double fencedSeconds;
    private volatile int slices;

    VirtualTrainer(String name, String servers, VirtualTime time, PaperRuns runs) {
        this.name = name;
        this.servers = servers;
        this.time = time;
        this.runs = runs;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    VirtualTrainer start() {
        thread.start();
        return this;
    }

    /** Whether its device is at work. */
    boolean isTraining() {
        return training && thread.isAlive();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Slices that it committed. */
    int slices() {
        return slices;
    }

    /** Virtual seconds that its device worked for nothing because its partition moved to another trainer. */
    double fencedSeconds() {
        return fencedSeconds;
    }

    /** Virtual seconds that its device worked for nothing when it was killed. */
    double lostSeconds() {
        return lostSeconds;
    }

    void end(End how) {
        end = how;
    }

    void await() throws InterruptedException {
        thread.join();
    }

    private void run() {
        KafkaConsumer<String, byte[]> consumer = consumer();
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.initTransactions();
            consumer.subscribe(List.of(Topics.JOBS));
            while (end == End.NONE) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    handle(consumer, producer, record);
                }
            }
        } catch (KafkaException | UndecodableException | InterruptedException e) {
            System.err.println(name + " ended: " + e);
        } finally {
            training = false;
            if (end != End.KILL) {
                consumer.close();
            } else {
                silently(consumer);
            }
        }
    }

    /** A process that is killed says nothing to the group; the client does not leave it either. */
    private static void silently(KafkaConsumer<String, byte[]> consumer) {
        consumer.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP)
                .withTimeout(Duration.ofMillis(1)));
    }

    private void handle(
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            ConsumerRecord<String, byte[]> record)
            throws UndecodableException, InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        BatchJob job = WireFormat.decode(record.value(), BatchJob.class);
        long from = Math.max(job.fromRecord(), runs.position(job.run()));
        if (from >= job.toRecord()) {
            commit(consumer, producer, partition, record.offset() + 1, List.of());
            return;
        }
        training = true;
        try {
            double began = time.now();
            double seconds = runs.seconds(job, from, job.toRecord());
            while (time.now() - began < seconds && end == End.NONE) {
                consumer.pause(consumer.assignment());
                ConsumerRecords<String, byte[]> none = consumer.poll(Duration.ZERO);
                if (!none.isEmpty()) {
                    throw new IllegalStateException(name + ": paused partitions gave " + none.count() + " records");
                }
                if (!consumer.assignment().contains(partition)) {
                    fencedSeconds += time.now() - began;
                    return;
                }
                double left = Math.max(0, seconds - (time.now() - began));
                Thread.sleep(Math.min(LOOK_MILLIS, time.real(left).toMillis() + 1));
            }
            finish(consumer, producer, record, job, from, Math.min(1, (time.now() - began) / seconds));
        } finally {
            training = false;
            consumer.resume(consumer.assignment());
        }
    }

    private void finish(
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            ConsumerRecord<String, byte[]> record,
            BatchJob job,
            long from,
            double share) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        int step = job.run().recipe().recordsPerStep();
        long to = share >= 1 ? job.toRecord() : from + (long) ((job.toRecord() - from) * share) / step * step;
        if (end == End.KILL) {
            lostSeconds += share * runs.seconds(job, from, job.toRecord());
            return;
        }
        boolean whole = to == job.toRecord();
        if (to == from) {
            return;
        }
        List<TrainingEvent> events = runs.events(job, from, to, whole, name);
        if (commit(consumer, producer, partition, whole ? record.offset() + 1 : record.offset(), events)) {
            runs.committed(job, from, to);
            slices += whole ? 1 : 0;
        } else {
            fencedSeconds += runs.seconds(job, from, to);
        }
    }

    /** Whether the transaction counts; during a rebalance it is shown again for as long as the partition stays here. */
    private boolean commit(
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            TopicPartition partition,
            long offset,
            List<TrainingEvent> events) {
        while (consumer.assignment().contains(partition)) {
            producer.beginTransaction();
            try {
                events.forEach(event -> producer.send(record(event)));
                producer.flush();
                producer.sendOffsetsToTransaction(
                        Map.of(partition, new OffsetAndMetadata(offset)), consumer.groupMetadata());
                producer.commitTransaction();
                return true;
            } catch (CommitFailedException e) {
                producer.abortTransaction();
                consumer.pause(consumer.assignment());
                ConsumerRecords<String, byte[]> none = consumer.poll(POLL);
                if (!none.isEmpty()) {
                    throw new IllegalStateException(name + ": paused partitions gave " + none.count() + " records", e);
                }
            }
        }
        return false;
    }

    private ProducerRecord<String, byte[]> record(TrainingEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/trainer/" + name).forEach(record.headers()::add);
        return record;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", servers),
                        Map.entry("group.id", "trainers"),
                        Map.entry("client.id", name),
                        Map.entry("auto.offset.reset", "earliest"),
                        Map.entry("enable.auto.commit", false),
                        Map.entry("isolation.level", "read_committed"),
                        Map.entry("max.poll.records", 1),
                        Map.entry("max.partition.fetch.bytes", 1),
                        Map.entry("fetch.max.wait.ms", 20),
                        Map.entry("session.timeout.ms", 500),
                        Map.entry("heartbeat.interval.ms", 50),
                        Map.entry("partition.assignment.strategy", CooperativeStickyAssignor.class.getName())),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", "virtual-" + name, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
