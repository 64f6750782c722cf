package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * The commands in force: every process reads all of run-commands from its beginning, on a thread of its own, and follows
 * it. Only stops and deletions are kept; a deletion is for good. Thread-safe.
 */
public final class RunCommands implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunCommands.class);

    /** How long a poll waits, and the time between two looks for a topic that is not there yet. */
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaSettings settings;
    private final Map<String, RunCommand> stops = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
    private final Thread thread;
    private volatile Runnable turn = () -> {};

    public RunCommands(KafkaSettings settings) {
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("run-commands").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * The stop of a run, where its last command is one.
     *
     * @throws InterruptedException where the thread is interrupted before all earlier commands are read
     * @throws KafkaException where the thread that reads them has died: a run must not be trained past its stop
     */
    Optional<RunCommand> stopOf(String runId) throws InterruptedException {
        awaitAll();
        return Optional.ofNullable(stops.get(runId));
    }

    /**
     * Whether the run was deleted.
     *
     * @throws InterruptedException as {@link #stopOf}
     * @throws KafkaException as {@link #stopOf}
     */
    boolean wasDeleted(String runId) throws InterruptedException {
        awaitAll();
        return isDeleted(runId);
    }

    private void awaitAll() throws InterruptedException {
        Throwable cause = end.get();
        if (cause != null) {
            throw new KafkaException("commands are not followed any more", cause);
        }
        if (!caughtUp.await(settings.waits().call().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new org.apache.kafka.common.errors.TimeoutException("run-commands could not be read yet");
        }
    }

    /** Whether the run's last command that is read so far is a stop; never waits. */
    boolean isStopped(String runId) {
        return stops.containsKey(runId);
    }

    /** Whether the run was deleted, as far as commands are read; never waits. */
    boolean isDeleted(String runId) {
        return deleted.contains(runId);
    }

    /** Runs that were deleted, as far as commands are read. */
    Set<String> deletedRuns() {
        return Collections.unmodifiableSet(deleted);
    }

    /** From now on this runs on the reading thread after each poll, once all earlier commands are read; it must not wait. */
    void afterEachPoll(Runnable next) {
        turn = next;
    }

    /** Why commands are not followed any more, though they should be; empty where they are. */
    public Optional<String> end() {
        return Optional.ofNullable(end.get())
                .map(cause -> "the thread " + thread.getName() + " ended: " + FailureSentence.of(cause));
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            follow();
            if (closed.getCount() > 0) {
                end.set(new InterruptedException("interrupted"));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("commands are not followed any more", e);
            end.set(e);
        }
    }

    private void follow() {
        try {
            int failures = 0;
            do {
                failures = followUntilFailure() ? 1 : failures + 1;
            } while (!closedWithin(settings.waits().backoff().after(failures, ThreadLocalRandom.current())));
        } catch (InterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether commands could be read before the broker failed. */
    private boolean followUntilFailure() throws InterruptedException {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.reader("read_committed", 500))) {
            follow(consumer);
            return true;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warnf("cannot read %s, trying again: %s", Topics.COMMANDS, e.getMessage());
            return false;
        }
    }

    private boolean closedWithin(Duration pause) throws InterruptedException {
        return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = partitions(consumer);
        while (partitions.isEmpty()) {
            caughtUp.countDown();
            if (closedWithin(POLL)) {
                return;
            }
            partitions = partitions(consumer);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (closed.getCount() > 0) {
            if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
                turn.run();
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            records.forEach(this::apply);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        List<PartitionInfo> found = consumer.listTopics().getOrDefault(Topics.COMMANDS, List.of());
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            stops.remove(record.key());
            return;
        }
        try {
            RunCommand command = WireFormat.decode(record.value(), RunCommand.class);
            switch (command.action()) {
                case STOP -> stops.put(command.runId(), command);
                case RESUME -> stops.remove(command.runId());
                case DELETE -> {
                    deleted.add(command.runId());
                    stops.remove(command.runId());
                }
            }
            LOG.infof("%s run %s, asked by %s: %s", command.action(), command.runId(), command.by(), command.reason());
        } catch (UndecodableException e) {
            LOG.errorf("ignoring record %d of %s: %s", record.offset(), record.topic(), e.getMessage());
        }
    }
}
