package org.plmfrontier.benchmarks.suite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.trainer.kafka.WorkAwareAssignor;

/**
 * A trainer whose device is virtual: it takes jobs from the real topic in the trainers' group, lets the time of a slice pass, and
 * commits events and offset in one fenced transaction. As at a real trainer, the device stands still while the state is copied
 * to host memory; the copy is written, and its slice committed, while the next slice trains, and no more than one slice waits
 * for that. One thread of its own for the device, one for commits.
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
    private final ExecutorService commits;
    private volatile End end = End.NONE;
    private volatile boolean training;
    private volatile double lostSeconds;
    private volatile double fencedSeconds;
    private volatile int slices;

    /** What the thread of commits needs of the consumer, which is the other thread's. */
    private volatile Set<TopicPartition> assigned = Set.of();

    private volatile ConsumerGroupMetadata member = new ConsumerGroupMetadata("trainers");
    private @Nullable Pending pending;

    /** A trained slice, or a part of one that is handed over, on its way to be committed. */
    private record Pending(TopicPartition partition, double seconds, Future<Boolean> committed) {}

    VirtualTrainer(String name, String servers, VirtualTime time, PaperRuns runs) {
        this.name = name;
        this.servers = servers;
        this.time = time;
        this.runs = runs;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        this.commits = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name + "-commits").daemon().factory());
    }

    VirtualTrainer start() {
        thread.start();
        return this;
    }

    /** Whether its device is at work. */
    boolean isTraining() {
        return training && thread.isAlive();
    }

    /** Whether it is a member of the group that would get jobs. */
    boolean hasPartitions() {
        return !assigned.isEmpty();
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
                for (ConsumerRecord<String, byte[]> record : poll(consumer, POLL)) {
                    handle(consumer, producer, record);
                }
            }
            settle();
        } catch (KafkaException | UndecodableException | InterruptedException e) {
            System.err.println(name + " ended: " + e);
        } finally {
            training = false;
            commits.shutdown();
            if (end != End.KILL) {
                consumer.close();
            } else {
                silently(consumer);
            }
        }
    }

    private ConsumerRecords<String, byte[]> poll(KafkaConsumer<String, byte[]> consumer, Duration time) {
        ConsumerRecords<String, byte[]> records = consumer.poll(time);
        assigned = Set.copyOf(consumer.assignment());
        member = consumer.groupMetadata();
        return records;
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
            if (settle()) {
                begin(new Commit(producer, partition, record.offset() + 1, List.of(), () -> {}), 0, 0);
            }
            return;
        }
        training = true;
        try {
            double began = time.now();
            double seconds = runs.seconds(job, from, job.toRecord());
            while (time.now() - began < seconds && end == End.NONE) {
                look(consumer);
                if (!consumer.assignment().contains(partition)) {
                    fencedSeconds += time.now() - began;
                    return;
                }
                double left = Math.max(0, seconds - (time.now() - began));
                Thread.sleep(Math.min(LOOK_MILLIS, time.real(left).toMillis() + 1));
            }
            training = false;
            finish(consumer, producer, record, job, from, Math.min(1, (time.now() - began) / seconds));
        } finally {
            training = false;
            consumer.resume(consumer.assignment());
        }
    }

    /** Stays in the group without taking another job. */
    private void look(KafkaConsumer<String, byte[]> consumer) {
        consumer.pause(consumer.assignment());
        ConsumerRecords<String, byte[]> none = poll(consumer, Duration.ZERO);
        if (!none.isEmpty()) {
            throw new IllegalStateException(name + ": paused partitions gave " + none.count() + " records");
        }
    }

    private void finish(
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            ConsumerRecord<String, byte[]> record,
            BatchJob job,
            long from,
            double share)
            throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        int step = job.run().recipe().recordsPerStep();
        long to = share >= 1 ? job.toRecord() : from + (long) ((job.toRecord() - from) * share) / step * step;
        if (end == End.KILL) {
            lostSeconds += share * runs.seconds(job, from, job.toRecord());
            settle();
            return;
        }
        while (pending != null && !pending.committed.isDone()) {
            look(consumer);
            Thread.sleep(1);
        }
        if (!settle()) {
            fencedSeconds += runs.seconds(job, from, to);
            return;
        }
        boolean whole = to == job.toRecord();
        if (to == from) {
            return;
        }
        double copied = runs.copySeconds(job.run());
        Thread.sleep(time.real(copied));
        List<TrainingEvent> events = runs.events(job, from, to, whole, name);
        Runnable counted = () -> {
            runs.committed(job, from, to);
            slices += whole ? 1 : 0;
        };
        long offset = whole ? record.offset() + 1 : record.offset();
        begin(
                new Commit(producer, partition, offset, events, counted),
                runs.writeSeconds(job.run()),
                runs.seconds(job, from, to));
    }

    /** A transaction to come. */
    private record Commit(
            KafkaProducer<String, byte[]> producer,
            TopicPartition partition,
            long offset,
            List<TrainingEvent> events,
            Runnable counted) {}

    private void begin(Commit commit, double writeSeconds, double trainedSeconds) {
        pending = new Pending(
                commit.partition, trainedSeconds, commits.submit(() -> writtenAndCommitted(commit, writeSeconds)));
    }

    /** Waits for what is on its way; whether it counts, or there was nothing. */
    private boolean settle() throws InterruptedException {
        Pending due = pending;
        pending = null;
        try {
            if (due == null || due.committed.get()) {
                return true;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " could not commit", e);
        }
        if (end == End.KILL) {
            lostSeconds += due.seconds;
        } else {
            fencedSeconds += due.seconds;
        }
        return false;
    }

    /** Whether it counts: a process that is killed before the state is written leaves nothing. */
    private boolean writtenAndCommitted(Commit commit, double writeSeconds) throws InterruptedException {
        double written = time.now() + writeSeconds;
        for (double left = writeSeconds; left > 0; left = written - time.now()) {
            if (end == End.KILL) {
                return false;
            }
            Thread.sleep(Math.min(LOOK_MILLIS, time.real(left).toMillis() + 1));
        }
        return committed(commit);
    }

    /** Whether the transaction counts; during a rebalance it is shown again for as long as the partition stays here. */
    private boolean committed(Commit commit) throws InterruptedException {
        while (end != End.KILL && assigned.contains(commit.partition)) {
            commit.producer.beginTransaction();
            try {
                commit.events.forEach(event -> commit.producer.send(record(event)));
                commit.producer.flush();
                commit.producer.sendOffsetsToTransaction(
                        Map.of(commit.partition, new OffsetAndMetadata(commit.offset)), member);
                commit.producer.commitTransaction();
                commit.counted.run();
                return true;
            } catch (CommitFailedException e) {
                commit.producer.abortTransaction();
                Thread.sleep(POLL);
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
                        Map.entry("fetch.max.wait.ms", 20),
                        Map.entry("session.timeout.ms", 500),
                        Map.entry("heartbeat.interval.ms", 50),
                        Map.entry("partition.assignment.strategy", WorkAwareAssignor.class.getName())),
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
