package org.plmfrontier.trainer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.assignment.JobObserver;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.slice.TrainedStep;
import org.plmfrontier.trainer.slice.TrainingObserver;

/** Counters and gauges under {@code trainer_}. The loss has one series per run trained last, at most {@value #RUNS}. */
public final class TrainingMetrics implements TrainingObserver, JobObserver {
    private static final Logger LOG = Logger.getLogger(TrainingMetrics.class);
    private static final int RUNS = 16;

    private final MeterRegistry registry;
    private final DeviceSpeed speed;
    private final Counter steps;
    private final Counter tokens;
    private final Counter computeFlops;
    private final Counter executedFlops;
    private final Counter checkpointBytes;
    private final Counter checkpointSeconds;
    private final Counter heldUpSeconds;
    private final Map<Boolean, Counter> checkpoints;
    private final Set<String> tooLarge = new HashSet<>();
    private final Map<String, Counter> jobs = new LinkedHashMap<>();
    private final AtomicInteger sliceSteps = new AtomicInteger();
    private final AtomicReference<Double> tokensPerSecond = new AtomicReference<>(0.0);
    private final Map<String, LossGauge> losses = new LinkedHashMap<>(RUNS, 0.75f, true);

    private record LossGauge(Meter.Id id, AtomicReference<Double> nats) {}

    /**
     * Metrics of a process.
     *
     * @param device decides whether there is a utilisation
     */
    public TrainingMetrics(MeterRegistry registry, DeviceIdentity device) {
        this.registry = registry;
        this.speed = new DeviceSpeed(registry, device);
        this.steps = registry.counter("trainer.steps");
        this.tokens = registry.counter("trainer.tokens");
        this.computeFlops = registry.counter("trainer.flops", "kind", "unpadded");
        this.executedFlops = registry.counter("trainer.flops", "kind", "executed");
        this.checkpointBytes = registry.counter("trainer.checkpoint.bytes");
        this.checkpointSeconds = registry.counter("trainer.checkpoint.seconds");
        this.heldUpSeconds = registry.counter("trainer.checkpoint.held.up.seconds");
        this.checkpoints = Map.of(
                true, registry.counter("trainer.checkpoints.written", "mode", "beside"),
                false, registry.counter("trainer.checkpoints.written", "mode", "in_line"));
        for (String outcome : List.of("published", "skipped", "dead_lettered", "retried")) {
            jobs.put(outcome, registry.counter("trainer.jobs", "outcome", outcome));
        }
        Gauge.builder("trainer.slice.steps", sliceSteps, AtomicInteger::get)
                .description("Steps done and not published yet, of the slice in hand and of the one before")
                .register(registry);
        Gauge.builder("trainer.tokens.per.second", tokensPerSecond, AtomicReference::get)
                .description("Of the last step, PAD not counted")
                .register(registry);
    }

    @Override
    public void stepped(RunSpec run, TrainedStep step, double rate) {
        steps.increment();
        sliceSteps.incrementAndGet();
        tokens.increment(step.load().tokens());
        computeFlops.increment(step.load().computeFlops());
        executedFlops.increment(step.load().executedFlops());
        tokensPerSecond.set(rate);
        speed.stepped(run, step, step.load().tokens() / rate);
        gaugeOf(run).nats().set(step.lossNats());
    }

    @Override
    public void saved(RunSpec run, long bytes, double seconds, boolean beside) {
        checkpointBytes.increment(bytes);
        checkpointSeconds.increment(seconds);
        Objects.requireNonNull(checkpoints.get(beside)).increment();
    }

    @Override
    public void heldUp(RunSpec run, double seconds) {
        heldUpSeconds.increment(seconds);
    }

    /** Says so once per run. */
    @Override
    public void tooLargeToHold(RunSpec run, long bytes) {
        if (tooLarge.add(run.runId())) {
            LOG.warnf(
                    "a copy of the state of run %s takes %,d bytes, more than trainer.snapshot-bytes allows:"
                            + " training waits while its checkpoints are written",
                    run.runId(), bytes);
        }
    }

    @Override
    public void dropped(RunSpec run, Exception reason) {
        LOG.infof("a slice of run %s is not committed here: %s", run.runId(), reason.getMessage());
        dropped();
    }

    @Override
    public void notPruned(RunSpec run, IOException failure) {
        LOG.warnf("older states of run %s could not be deleted: %s", run.runId(), failure);
    }

    @Override
    public void refused(RunSpec run, CheckpointRefusedException reason) {
        registry.counter("trainer.checkpoints.refused").increment();
        LOG.errorf("%s; going back to an older state of run %s", reason.getMessage(), run.runId());
    }

    @Override
    public void restored(RunSpec run, long step) {
        LOG.infof("run %s restored at step %d", run.runId(), step);
    }

    @Override
    public void published(int steps) {
        sliceSteps.updateAndGet(unpublished -> Math.max(0, unpublished - steps));
        count("published");
    }

    @Override
    public void skipped() {
        count("skipped");
    }

    @Override
    public void deadLettered() {
        count("dead_lettered");
    }

    @Override
    public void retried() {
        count("retried");
    }

    @Override
    public void dropped() {
        sliceSteps.set(0);
    }

    private void count(String outcome) {
        Objects.requireNonNull(jobs.get(outcome)).increment();
    }

    private LossGauge gaugeOf(RunSpec run) {
        LossGauge known = losses.get(run.runId());
        if (known != null) {
            return known;
        }
        if (losses.size() >= RUNS) {
            String coldest = losses.keySet().iterator().next();
            registry.remove(Objects.requireNonNull(losses.remove(coldest)).id());
        }
        AtomicReference<Double> nats = new AtomicReference<>(0.0);
        Tags tags = Tags.of(Tag.of("study", run.studyId()), Tag.of("run", run.runId()));
        Gauge gauge = Gauge.builder("trainer.loss.nats", nats, AtomicReference::get)
                .tags(tags)
                .register(registry);
        LossGauge fresh = new LossGauge(gauge.getId(), nats);
        losses.put(run.runId(), fresh);
        return fresh;
    }
}
