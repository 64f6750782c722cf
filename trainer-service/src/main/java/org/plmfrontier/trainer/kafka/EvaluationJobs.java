package org.plmfrontier.trainer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.DeadLetterHeaders;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.evaluator.EvaluationObserver;
import org.plmfrontier.trainer.evaluator.StateEvaluator;
import org.plmfrontier.trainer.model.NoSuchModelException;

/**
 * Takes evaluation jobs, one at a time, on a thread of its own; the group stays informed while one takes its time. A result is
 * published before its job is consumed: whoever dies in between leaves it to another trainer, whose result is the same and
 * counts once, by run, step and evaluation. A job whose partition goes elsewhere meanwhile is given up.
 */
public final class EvaluationJobs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EvaluationJobs.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final Duration LEAVING = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final RunCommands commands;
    private final StateEvaluator evaluator;
    private final EvaluationObserver observer;
    private final int attempts;
    private final Thread thread;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("evaluator").daemon().factory());
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
    private final AtomicReference<@Nullable KafkaConsumer<String, byte[]>> reading = new AtomicReference<>();
    private volatile boolean closed;

    /** @param attempts how often a job that fails for its own sake is tried */
    public EvaluationJobs(
            KafkaSettings settings,
            RunCommands commands,
            StateEvaluator evaluator,
            EvaluationObserver observer,
            int attempts) {
        this.settings = settings;
        this.commands = commands;
        this.evaluator = evaluator;
        this.observer = observer;
        this.attempts = attempts;
        this.thread = Thread.ofPlatform().name("evaluation-jobs").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Why no job is taken any more, though they should be; empty where they are. */
    public Optional<String> end() {
        return Optional.ofNullable(end.get())
                .map(cause -> "the thread " + thread.getName() + " ended: " + FailureSentence.of(cause));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        worker.shutdownNow();
        KafkaConsumer<String, byte[]> consumer = reading.get();
        if (consumer != null) {
            consumer.wakeup();
        }
        if (thread.isAlive() && !thread.join(CLOSING)) {
            thread.interrupt();
        }
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.evaluations());
                        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings.resultProducer())) {
                    reading.set(consumer);
                    consumer.subscribe(List.of(Topics.EVALUATION_JOBS));
                    failures = 0;
                    followToTheEnd(consumer, producer);
                } catch (InterruptException e) {
                    throw e;
                } catch (WakeupException e) {
                    LOG.debug("evaluation jobs are not taken any more: the process leaves");
                } catch (KafkaException e) {
                    failures++;
                    LOG.warnf("evaluation jobs cannot be read, trying again: %s", FailureSentence.of(e));
                    Thread.sleep(settings.waits().backoff().after(failures, ThreadLocalRandom.current()));
                }
            }
        } catch (InterruptedException | InterruptException e) {
            if (!closed) {
                end.set(e);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("evaluation jobs are not taken any more", e);
            end.set(e);
        }
    }

    private void followToTheEnd(KafkaConsumer<String, byte[]> consumer, KafkaProducer<String, byte[]> producer)
            throws InterruptedException {
        try {
            follow(consumer, producer);
        } finally {
            leave(consumer);
        }
    }

    /**
     * Leaves the group within the time that {@link #close} waits. The client logs an interrupt as a failure to leave, with its stack
     * trace, so one that came before is kept for later.
     */
    private static void leave(KafkaConsumer<String, byte[]> consumer) {
        boolean interrupted = Thread.interrupted();
        consumer.close(CloseOptions.timeout(LEAVING));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer, KafkaProducer<String, byte[]> producer)
            throws InterruptedException {
        while (!closed) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                handle(record, consumer, producer);
            }
        }
    }

    private void handle(
            ConsumerRecord<String, byte[]> record,
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer)
            throws InterruptedException {
        Future<ProducerRecord<String, byte[]>> work = worker.submit(() -> answer(record));
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        while (!work.isDone()) {
            consumer.pause(consumer.assignment());
            giveBack(consumer.poll(LOOK), consumer);
            if (closed || !consumer.assignment().contains(partition)) {
                work.cancel(true);
            }
        }
        consumer.resume(consumer.assignment());
        try {
            ProducerRecord<String, byte[]> answer = work.get();
            if (answer != null) {
                producer.send(answer).get();
            }
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
        } catch (CancellationException e) {
            LOG.infof("the evaluation at %s/%d is left to another trainer", partition, record.offset());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    /** What came although everything was paused, because a partition was just assigned, is read again later. */
    private static void giveBack(ConsumerRecords<String, byte[]> early, KafkaConsumer<String, byte[]> consumer) {
        for (TopicPartition partition : early.partitions()) {
            consumer.seek(partition, early.records(partition).getFirst().offset());
        }
    }

    /** The result, or the dead letter; null where there is nothing to say. */
    private @Nullable ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> record)
            throws InterruptedException {
        EvaluationJob job;
        try {
            job = WireFormat.decode(value(record), EvaluationJob.class);
        } catch (UndecodableException e) {
            return deadLetter(record, String.valueOf(e.getMessage()));
        }
        int failed = 0;
        int own = 0;
        while (true) {
            if (commands.wasDeleted(job.run().runId())) {
                return null;
            }
            try {
                EvaluationSpec evaluation = job.evaluation();
                if (evaluation == null) {
                    evaluator.release(job);
                    return null;
                }
                return result(evaluator.evaluate(job, evaluation));
            } catch (NoSuchModelException e) {
                return deadLetter(record, String.valueOf(e.getMessage()));
            } catch (CancellationException e) {
                throw new InterruptedException();
            } catch (IOException e) {
                LOG.warnf("an evaluation of run %s waits: %s", job.run().runId(), FailureSentence.of(e));
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.warnf(e, "an evaluation of run %s failed", job.run().runId());
                own++;
                if (own >= attempts) {
                    return deadLetter(record, FailureSentence.of(e));
                }
            }
            failed++;
            observer.retried();
            Thread.sleep(settings.waits().backoff().after(failed, ThreadLocalRandom.current()));
        }
    }

    private static byte[] value(ConsumerRecord<String, byte[]> record) throws UndecodableException {
        if (record.value() == null) {
            throw new UndecodableException("no EvaluationJob: the record has no value");
        }
        return record.value();
    }

    private ProducerRecord<String, byte[]> result(DownstreamEvaluated result) {
        List<Header> headers = new ArrayList<>();
        EventFormat.headers(result, "/trainer/" + settings.trainer())
                .forEach((name, value) -> headers.add(new RecordHeader(name, value)));
        observer.evaluated(result);
        return new ProducerRecord<>(Topics.EVENTS, null, result.runId(), WireFormat.encode(result), headers);
    }

    private ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.errorf("evaluation at %d/%d goes to the dead letters: %s", record.partition(), record.offset(), reason);
        observer.deadLettered();
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(record.topic()), null, record.key(), record.value());
        DeadLetterHeaders.of(reason, record.topic(), record.partition(), record.offset(), "trainer-service")
                .forEach(letter.headers()::add);
        return letter;
    }
}
