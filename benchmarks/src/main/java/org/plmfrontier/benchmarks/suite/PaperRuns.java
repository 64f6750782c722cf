package org.plmfrontier.benchmarks.suite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.event.TrainingEventStepCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;

/**
 * Where the runs of a study stand, and what a trainer publishes of a part of one: losses by a law of N and D, thinned to at most
 * {@value #STEPS_PER_SLICE} steps of a slice. What was committed counts. Thread-safe.
 */
final class PaperRuns {
    private static final int STEPS_PER_SLICE = 12;

    private static final double COPIED_BYTES_PER_SECOND = 8e9;
    private static final double WRITTEN_BYTES_PER_SECOND = 1e9;

    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, RunSpec> specs = new HashMap<>();
    private final double flopsPerSecond;
    private final List<Double> committedSeconds = new ArrayList<>();
    private final StepLatency latency = new StepLatency();
    private int total;

    /** @param flopsPerSecond of one device */
    PaperRuns(double flopsPerSecond) {
        this.flopsPerSecond = flopsPerSecond;
    }

    /** Record up to which a run is committed. */
    synchronized long position(RunSpec run) {
        specs.put(run.runId(), run);
        return positions.getOrDefault(run.runId(), 0L);
    }

    /** A part of a job is committed. */
    void committed(BatchJob job, long from, long to) {
        RunSpec run = job.run();
        int step = run.recipe().recordsPerStep();
        latency.committed(run.runId(), from / step + 1, to / step);
        synchronized (this) {
            positions.merge(run.runId(), to, Math::max);
            committedSeconds.add(seconds(job, from, to));
        }
    }

    /** Virtual seconds that a share of the commits were at most of, which is how long their first step waited for them. */
    synchronized double secondsOfCommits(double share) {
        double[] sorted = committedSeconds.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    /** From a commit to the live stream, by the clock. */
    StepLatency latency() {
        return latency;
    }

    /** How many runs there are, seen or not. */
    synchronized void expect(int count) {
        total = count;
    }

    /** Runs that are not over. */
    synchronized long unfinished() {
        return total
                - specs.values().stream()
                        .filter(run -> positions.getOrDefault(run.runId(), 0L) >= run.endRecord())
                        .count();
    }

    /** Virtual seconds that a part of a job takes. */
    double seconds(BatchJob job, long from, long to) {
        return job.expectedFlops() * (to - from) / (job.toRecord() - job.fromRecord()) / flopsPerSecond;
    }

    /** Virtual seconds for which a device stands still while its state is copied. */
    double copySeconds(RunSpec run) {
        return stateBytes(run) / COPIED_BYTES_PER_SECOND;
    }

    /** Virtual seconds that a copied state takes to be written. */
    double writeSeconds(RunSpec run) {
        return stateBytes(run) / WRITTEN_BYTES_PER_SECOND;
    }

    private static double stateBytes(RunSpec run) {
        return ParameterCount.of(run.shape()).stateBytes();
    }

    /**
     * Events of a part of a job.
     *
     * @param whole whether the part ends the slice
     */
    List<TrainingEvent> events(BatchJob job, long from, long to, boolean whole, String trainer) {
        RunSpec run = job.run();
        int step = run.recipe().recordsPerStep();
        Instant now = Instant.now();
        List<TrainingEvent> events = new ArrayList<>();
        if (from == 0) {
            events.add(new RunStateChanged(run.studyId(), run.runId(), RunState.TRAINING, 0, "", now));
        }
        long steps = (to - from) / step;
        long every = Math.max(1, steps / STEPS_PER_SLICE);
        for (long at = from / step + 1; at <= to / step; at++) {
            if (at % every == 0 || at == to / step) {
                events.add(step(run, at, now));
            }
        }
        run.budgets().stream()
                .filter(budget -> budget.endRecord() > from && budget.endRecord() <= to)
                .forEach(budget -> events.add(evaluated(run, budget, now)));
        if (to == run.endRecord()) {
            events.add(new RunStateChanged(run.studyId(), run.runId(), RunState.COMPLETED, to / step, "", now));
        }
        if (whole) {
            events.add(TrainingEventSliceCompletedBuilder.builder()
                    .studyId(run.studyId())
                    .runId(run.runId())
                    .slice(job.slice())
                    .step(to / step)
                    .toRecord(to)
                    .tokens(tokens(run, to))
                    .computeFlops(flops(run, to))
                    .checkpoint("virtual")
                    .trainer(trainer)
                    .at(now)
                    .heldUpSeconds(copySeconds(run))
                    .build());
        }
        return events;
    }

    private StepCompleted step(RunSpec run, long step, Instant at) {
        long record = run.position(step);
        double flops = flops(run, record);
        double tokens = tokens(run, record);
        return TrainingEventStepCompletedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .step(step)
                .tokens(tokens)
                .computeFlops(flops)
                .executedFlops(flops)
                .lossNats(loss(run, tokens))
                .learningRate(run.recipe().schedule().learningRate(tokens))
                .gradientNorm(1)
                .tokensPerSecond(flopsPerSecond * tokens / flops)
                .at(at)
                .build();
    }

    private static HeldOutEvaluated evaluated(RunSpec run, RunSpec.Budget budget, Instant at) {
        double tokens = tokens(run, budget.endRecord());
        return TrainingEventHeldOutEvaluatedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .step(budget.endRecord() / run.recipe().recordsPerStep())
                .budgetTokens(budget.tokens())
                .tokens(tokens)
                .computeFlops(flops(run, budget.endRecord()))
                .lossNats(loss(run, tokens))
                .selectedResidues(10_000)
                .at(at)
                .build();
    }

    private static double loss(RunSpec run, double tokens) {
        return 2.0 + 14.0 / Math.pow(ParameterCount.of(run.shape()).table6(), 0.25) + 60.0 / Math.pow(tokens, 0.25);
    }

    /** All records of the corpus are alike, so everything is linear in the position. */
    private static double tokens(RunSpec run, long position) {
        return (double) position * run.corpus().tokens() / run.corpus().records();
    }

    private static double flops(RunSpec run, long position) {
        return run.expectedFlops() * position / run.endRecord();
    }
}
