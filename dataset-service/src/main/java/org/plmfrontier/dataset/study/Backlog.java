package org.plmfrontier.dataset.study;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.dataset.plan.Slicing;

/**
 * The work that trainers have left in the active runs.
 *
 * @param remainingFlops training FLOPs, unpadded
 * @param remainingDeviceSeconds the same as time of one device, at its measured speed or the assumed one
 * @param remainingJobs slices that are cut and not done
 * @param laterJobs about how many slices will be cut of what lies beyond the horizon
 * @param activeRuns runs that are planned or in training
 * @param usefulTrainers trainers that have work for some time: runs of one partition are trained one after the other, and what
 *     is nearly done is worth less than a trainer; at least one while evaluations wait
 * @param waitingEvaluations states of runs that no trainer has evaluated yet; null while the broker does not say
 */
@StagedBuilder
public record Backlog(
        double remainingFlops,
        double remainingDeviceSeconds,
        long remainingJobs,
        long laterJobs,
        long activeRuns,
        int usefulTrainers,
        @Nullable Long waitingEvaluations) {
    /**
     * The same with the evaluations that wait, which are done between slices or, where nothing trains, by one trainer.
     *
     * @param waiting empty while the broker does not say
     */
    public Backlog withEvaluations(OptionalLong waiting) {
        boolean any = waiting.orElse(0) > 0;
        return BacklogBuilder.builder()
                .remainingFlops(remainingFlops)
                .remainingDeviceSeconds(remainingDeviceSeconds)
                .remainingJobs(remainingJobs)
                .laterJobs(laterJobs)
                .activeRuns(activeRuns)
                .usefulTrainers(any ? Math.max(1, usefulTrainers) : usefulTrainers)
                .waitingEvaluations(waiting.isPresent() ? waiting.getAsLong() : null)
                .build();
    }

    /**
     * The work of runs.
     *
     * @param active runs that are active
     * @param workPerTrainer device time of a partition that is worth a trainer of its own
     */
    static Backlog of(List<StudyRun> active, Slicing slicing, Duration workPerTrainer) {
        Map<String, Double> largest = new HashMap<>();
        active.forEach(run -> largest.merge(run.spec().studyId(), run.spec().expectedFlops(), Math::max));
        Map<Integer, Double> seconds = new HashMap<>();
        double flops = 0;
        long jobs = 0;
        double later = 0;
        for (StudyRun run : active) {
            double remaining = run.remainingFlops();
            flops += remaining;
            seconds.merge(run.partition(), remaining / slicing.flopsPerSecond(run.spec()), Double::sum);
            jobs += run.slices() - 1 - run.progress().lastSlice();
            later += slicing.laterSlices(
                    run.planned(), largest.getOrDefault(run.spec().studyId(), 0.0));
        }
        double each = workPerTrainer.toMillis() / 1e3;
        double trainers = seconds.values().stream()
                .mapToDouble(partition -> Math.min(1, partition / each))
                .sum();
        return BacklogBuilder.builder()
                .remainingFlops(flops)
                .remainingDeviceSeconds(seconds.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .remainingJobs(jobs)
                .laterJobs(Math.round(later))
                .activeRuns(active.size())
                .usefulTrainers(Math.toIntExact(Math.round(Math.ceil(trainers - 1e-9))))
                .build();
    }
}
