package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalStepBuilder;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.slice.TrainedStep;
import org.plmfrontier.trainer.slice.TrainingObserver;

/**
 * Publishes steps to training-progress while their slice runs, outside of any transaction. Training never waits for it: steps
 * are queued, a thread of its own sends them, and what the broker does not take in time is dropped and counted. The steps
 * come again with their slice. The observing methods are for the training thread, the others thread-safe.
 */
public final class ProgressPublisher implements TrainingObserver, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ProgressPublisher.class);

    /** Steps that wait for the sending thread; of more, the oldest are dropped. */
    private static final int MOST_QUEUED = ProvisionalSteps.MOST_STEPS;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private record Slice(BatchJob job, Lease lease) {}

    private record Queued(Slice slice, ProvisionalStep step) {}

    private final KafkaSettings settings;
    private final Duration interval;
    private final InstantSource clock;
    private final BlockingQueue<Queued> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private @Nullable Slice current;
    private @Nullable KafkaProducer<String, byte[]> producer;
    private volatile boolean failing;

    /**
     * A publisher that has not started.
     *
     * @param interval least time between two sendings; zero publishes nothing
     * @param clock says when a step happened
     * @throws IllegalArgumentException where the interval is negative
     */
    public ProgressPublisher(KafkaSettings settings, Duration interval, InstantSource clock) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("trainer.progress.interval must not be negative, got " + interval);
        }
        this.settings = settings;
        this.interval = interval;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("training-progress").daemon().unstarted(this::run);
    }

    /** Begins to send, unless the interval is zero. */
    public void start() {
        if (isOn()) {
            thread.start();
        }
    }

    /** Steps that the broker has acknowledged. */
    public long published() {
        return published.sum();
    }

    /** Steps that were not published: the broker was slow, away or refused them. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void began(BatchJob job, Lease lease) {
        current = new Slice(job, lease);
    }

    @Override
    public void stepped(RunSpec run, TrainedStep step, double tokensPerSecond) {
        if (current == null || !isOn()) {
            return;
        }
        Queued queued = new Queued(current, provisional(step));
        while (!queue.offer(queued)) {
            if (queue.poll() != null) {
                dropped.increment();
            }
        }
    }

    @Override
    public void saved(RunSpec run, long bytes, double seconds, boolean beside) {}

    @Override
    public void refused(RunSpec run, CheckpointRefusedException reason) {}

    @Override
    public void restored(RunSpec run, long step) {}

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(CLOSING);
        }
    }

    private boolean isOn() {
        return interval.isPositive();
    }

    private ProvisionalStep provisional(TrainedStep step) {
        RunProgress after = step.after();
        return ProvisionalStepBuilder.builder()
                .step(after.step())
                .tokens(after.tokens())
                .computeFlops(after.computeFlops())
                .executedFlops(after.executedFlops())
                .lossNats(step.lossNats())
                .learningRate(step.learningRate())
                .gradientNorm(step.gradientNorm())
                .at(clock.instant())
                .build();
    }

    private void run() {
        List<Queued> taken = new ArrayList<>();
        long sent = System.nanoTime() - interval.toNanos();
        try {
            while (true) {
                taken.add(queue.take());
                long wait = interval.toNanos() - (System.nanoTime() - sent);
                Thread.sleep(Duration.ofNanos(Math.max(0, wait)));
                queue.drainTo(taken);
                sent = System.nanoTime();
                send(taken);
                taken.clear();
            }
        } catch (InterruptedException | InterruptException e) {
            closeProducer();
        }
    }

    /** One record per slice; where a slice is tried again its steps begin anew, in a record of their own. */
    private void send(List<Queued> taken) {
        int from = 0;
        for (int to = 1; to <= taken.size(); to++) {
            if (to == taken.size()
                    || to - from == ProvisionalSteps.MOST_STEPS
                    || !follows(taken.get(to - 1), taken.get(to))) {
                send(
                        taken.get(from).slice(),
                        taken.subList(from, to).stream().map(Queued::step).toList());
                from = to;
            }
        }
    }

    private static boolean follows(Queued before, Queued after) {
        return before.slice().equals(after.slice())
                && before.step().step() < after.step().step();
    }

    private void send(Slice slice, List<ProvisionalStep> steps) {
        RunSpec run = slice.job().run();
        try {
            ProvisionalSteps record = new ProvisionalSteps(
                    run.studyId(),
                    run.runId(),
                    slice.job().slice(),
                    slice.lease().generation(),
                    settings.trainer(),
                    steps);
            producer()
                    .send(
                            new ProducerRecord<>(Topics.PROGRESS, run.runId(), WireFormat.encode(record)),
                            (metadata, failure) -> sent(steps.size(), failure));
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            sent(steps.size(), e);
        }
    }

    private void sent(int steps, @Nullable Exception failure) {
        if (failure == null) {
            published.add(steps);
            failing = false;
            return;
        }
        dropped.add(steps);
        if (!failing) {
            LOG.warnf(
                    "%s takes no provisional steps, they are dropped until it does: %s",
                    Topics.PROGRESS, FailureSentence.of(failure));
        }
        failing = true;
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings.progressProducer());
        }
        return producer;
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }
}
