package org.plmfrontier.trainer.kafka;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderAttempts;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.CheckpointThread;
import org.plmfrontier.trainer.slice.CheckpointWrite;
import org.plmfrontier.trainer.slice.CheckpointWriter;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.TrainingObservers;

/**
 * A trainer without Quarkus: a polling thread and a training thread around the real handler, as the channel does it. It can
 * be frozen, so that it loses its partitions without noticing, and cut off like a killed process.
 */
final class TrainerProcess implements AutoCloseable {
    /** A trainer that does not poll or beat for so long has lost its partitions. */
    static final Duration LONGER_THAN_A_SESSION = Duration.ofSeconds(8);

    static final int ATTEMPTS = 2;

    private static final Duration PROGRESS = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(20);

    final RecordingObserver observer = new RecordingObserver();
    private final JobPartitions partitions = new JobPartitions();
    private final KafkaConsumer<String, byte[]> consumer;
    private final RunCommands commands;
    private final SlicePublisher publisher;
    private final ProgressPublisher progress;
    private final KafkaTokenLog log;
    private final CheckpointThread writer;
    private final List<CheckpointWrite> writes = new CopyOnWriteArrayList<>();
    private final JobHandler handler;
    private final Thread poller;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean frozen;

    TrainerProcess(String servers, String name, String group, Path checkpoints, TrainingEngine engine) {
        this(servers, name, group, checkpoints, engine, store -> store, 1 << 30);
    }

    /**
     * A trainer that does not run yet.
     *
     * @param around makes the store of checkpoints another one, for example a slower one
     * @param snapshotBytes that a copy of a state may take
     */
    TrainerProcess(
            String servers,
            String name,
            String group,
            Path checkpoints,
            TrainingEngine engine,
            UnaryOperator<CheckpointStore> around,
            long snapshotBytes) {
        this.writer = new CheckpointThread(snapshotBytes, Clock.system());
        KafkaSettings settings = StudyTopics.settings(servers, name);
        this.commands = new RunCommands(settings);
        this.publisher = new SlicePublisher(settings, partitions);
        this.progress = new ProgressPublisher(settings, PROGRESS, InstantSource.system());
        this.log = new KafkaTokenLog(settings);
        ResidentRuns resident = new ResidentRuns(2);
        FolderCheckpoints store = new FolderCheckpoints(checkpoints, name);
        sweep(store);
        SliceTrainer trainer = new SliceTrainer(
                new SliceTrainer.Device(engine, resident),
                new SliceTrainer.Storage(around.apply(store), log),
                new SliceTrainer.HostMemory(1_000_000, 2),
                new TrainingObservers(List.of(observer, progress)),
                Clock.system(),
                name);
        this.handler = new JobHandler(
                new JobHandler.Channels(settings, partitions, commands, publisher),
                new JobProcessor(trainer, watched(), new FolderAttempts(checkpoints, name), ATTEMPTS, engine.threads()),
                resident,
                observer,
                ATTEMPTS);
        this.consumer = new KafkaConsumer<>(consumerSettings(settings, group));
        this.poller = Thread.ofPlatform().name("poll-" + name).daemon().unstarted(this::poll);
    }

    /** The writer, of which every write is kept. */
    private CheckpointWriter watched() {
        return new CheckpointWriter() {
            @Override
            public boolean mayHold(long bytes) {
                return writer.mayHold(bytes);
            }

            @Override
            public CheckpointWrite begin(Source state, SliceWatch watch) {
                CheckpointWrite write = writer.begin(state, watch);
                writes.add(write);
                return write;
            }
        };
    }

    /** Waits until each state that was begun is in the store, so that its slice is committed before the next step. */
    void awaitWrites() {
        for (CheckpointWrite write : writes) {
            await().atMost(PATIENCE).until(write::isDurable);
        }
    }

    private static void sweep(FolderCheckpoints store) {
        try {
            store.sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TrainerProcess start() {
        commands.start();
        progress.start();
        poller.start();
        return this;
    }

    /** The polling thread and its heartbeats stand still from its next turn on; the training goes on. */
    void freeze() {
        frozen = true;
    }

    /** Asks the slice being trained to be handed over, as a SIGTERM does, and waits for it. */
    boolean stop(Duration grace) throws InterruptedException {
        return handler.stop(grace);
    }

    /** Whether a stop of the run has reached this process. */
    boolean knowsStop(String runId) {
        return commands.isStopped(runId);
    }

    /** Whether a deletion of the run has reached this process. */
    boolean knowsDeletion(String runId) {
        return commands.isDeleted(runId);
    }

    /** What the health check says. */
    Optional<String> notReadyReason() {
        return handler.notReadyReason();
    }

    /** Why the job loop ended, where it did. */
    Optional<String> end() {
        return handler.end();
    }

    /** What liveness asks of the handler. */
    Optional<Duration> stalledFor() {
        return handler.stalledFor();
    }

    /** What liveness asks of the channel. */
    Optional<Duration> sincePoll() {
        return PollAge.of(consumer);
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        handler.stop(GRACE);
        poller.join(Duration.ofSeconds(20));
        commands.close();
        publisher.close();
        progress.close();
        writer.close();
    }

    private void poll() {
        consumer.subscribe(List.of(Topics.JOBS), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> added) {
                partitions.assigned(consumer, added);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                partitions.revoked(revoked);
            }
        });
        try {
            while (closed.getCount() > 0) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    train(record, consumer.groupMetadata().generationId());
                }
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    /** Trains on another thread, while this one keeps polling with everything paused. */
    private void train(ConsumerRecord<String, byte[]> record, int generation) throws InterruptedException {
        JobRecord job = new JobRecord(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                generation,
                record.key(),
                record.value());
        Thread training = Thread.ofPlatform().daemon().start(() -> {
            try {
                handler.handle(job);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (!training.join(Duration.ofMillis(20))) {
            if (!frozen) {
                consumer.pause(consumer.assignment());
                consumer.poll(Duration.ZERO);
            }
        }
        consumer.resume(consumer.assignment());
    }

    private static Map<String, Object> consumerSettings(KafkaSettings settings, String group) {
        Map<String, Object> consumer = new HashMap<>(settings.reader("read_committed", 1));
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, WorkAwareAssignor.class.getName());
        consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        consumer.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        consumer.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 6_000);
        consumer.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1_000);
        consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        return consumer;
    }
}
