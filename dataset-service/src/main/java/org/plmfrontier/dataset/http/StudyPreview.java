package org.plmfrontier.dataset.http;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.plan.PlanWarnings;
import org.plmfrontier.dataset.plan.StudyPlan;

/**
 * A study as it would be; nothing of it is stored.
 *
 * @param expectedFlops training FLOPs of all runs, unpadded
 * @param slices how many there will be in the end, at the speeds of now
 * @param flopsPerSecond what the time is reckoned with: the asker's number, else what the trainers did of late; null
 *     where neither is known
 * @param seconds time to train it all, while nothing else is trained; null with flopsPerSecond
 * @param warnings what can be trained and is hardly meant, a sentence each
 */
record StudyPreview(
        String id,
        String corpus,
        List<Run> runs,
        int slices,
        double expectedFlops,
        @Nullable Double flopsPerSecond,
        @Nullable Double seconds,
        List<String> warnings) {
    /**
     * One run.
     *
     * @param uniqueTokens tokens of its last budget that come for the first time
     * @param epochs its last budget in corpora
     * @param deviceHours time of one device, at the speed that was measured or is assumed
     * @param memoryBytes weights, gradients and moments; activations come on top
     */
    record Run(
            String runId,
            String name,
            ModelShape shape,
            ParameterCount parameters,
            List<RunSpec.Budget> budgets,
            int slices,
            double expectedFlops,
            double uniqueTokens,
            double epochs,
            double deviceHours,
            double memoryBytes) {}

    /**
     * The preview of a plan.
     *
     * @param speed how fast the trainers are together
     * @param warnings rules for what is odd
     */
    static StudyPreview of(StudyPlan plan, OptionalDouble speed, PlanWarnings warnings) {
        Map<String, Long> slices = plan.jobs().stream()
                .collect(Collectors.groupingBy(job -> job.run().runId(), Collectors.counting()));
        List<Run> runs = plan.runs().stream()
                .map(run -> run(run, slices.getOrDefault(run.runId(), 0L).intValue(), warnings.hours(run)))
                .toList();
        Double flopsPerSecond = speed.isPresent() ? speed.getAsDouble() : null;
        return new StudyPreview(
                plan.spec().id(),
                plan.spec().corpus(),
                runs,
                plan.jobs().size(),
                plan.expectedFlops(),
                flopsPerSecond,
                flopsPerSecond == null ? null : plan.expectedFlops() / flopsPerSecond,
                warnings.of(plan.runs()).stream()
                        .map(PlanWarnings.Warning::sentence)
                        .toList());
    }

    private static Run run(RunSpec run, int slices, double deviceHours) {
        double tokens = run.budgets().getLast().tokens();
        return new Run(
                run.runId(),
                run.name(),
                run.shape(),
                ParameterCount.of(run.shape()),
                run.budgets(),
                slices,
                run.expectedFlops(),
                Math.min(tokens, (double) run.corpus().tokens()),
                tokens / run.corpus().tokens(),
                deviceHours,
                PlanWarnings.memoryBytes(run));
    }
}
