package org.plmfrontier.dataset.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.Makespan;
import org.plmfrontier.dataset.plan.PlanWarnings;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;

/**
 * A study as it would be; nothing of it is stored.
 *
 * @param expectedFlops training FLOPs of all runs, unpadded
 * @param slices how many there will be in the end, at the speeds of now
 * @param flopsPerSecond what the time is reckoned with: the asker's number, else what the trainers did of late; null
 *     where neither is known
 * @param seconds time to train it all, while nothing else is trained; null with flopsPerSecond
 * @param makespans until when it is trained by how many trainers, at the speed of one device that was measured or is assumed
 * @param evaluationSeconds time of one device that the evaluations take besides, an estimate where it was not measured; 0 without any
 * @param choices what was chosen for a budget and why, a sentence each; empty where everything was stated
 * @param omissions cells of the grid that are left out, a sentence for each reason
 * @param budgetField what the budgets are: tokenBudgets, flopBudgets or tokensPerParameter
 * @param budgetValues the study's budgets, ascending
 * @param recipe the recipe of all runs but for their seeds and budgets
 * @param warnings what can be trained and is hardly meant, a sentence each
 */
@StagedBuilder
record StudyPreview(
        String id,
        String corpus,
        List<Run> runs,
        int slices,
        double expectedFlops,
        @Nullable Double flopsPerSecond,
        @Nullable Double seconds,
        List<Makespan> makespans,
        double evaluationSeconds,
        String budgetField,
        List<Double> budgetValues,
        Recipe recipe,
        List<String> choices,
        List<String> omissions,
        List<String> warnings) {
    private static final double ROUNDING = 1e-9;

    /**
     * What is said of a plan.
     *
     * @param choices as the preview has them
     * @param omissions as the preview has them
     * @param warnings of evaluations, behind those of the runs
     * @param evaluationSeconds as the preview has them
     */
    record Sentences(List<String> choices, List<String> omissions, List<String> warnings, double evaluationSeconds) {}

    /**
     * One budget of a run.
     *
     * @param budget which of the study's budgets, counted from 0
     * @param flops training FLOPs up to it, unpadded
     * @param deviceHours time of one device up to it
     */
    record Cell(int budget, double tokens, double flops, double epochs, double deviceHours) {}

    /**
     * One run.
     *
     * @param uniqueTokens tokens of its last budget that come for the first time
     * @param epochs its last budget in corpora
     * @param cells its budgets, ascending
     * @param deviceHours time of one device, at the speed that was measured or is assumed
     * @param memoryBytes weights, gradients and moments of a device; with shards, of as many devices; activations come on top
     */
    @StagedBuilder
    record Run(
            String runId,
            String name,
            ModelShape shape,
            ParameterCount parameters,
            List<RunSpec.Budget> budgets,
            List<Cell> cells,
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
     * @param sentences what is said of it besides
     * @param flops training FLOPs of a run up to each of its budgets
     */
    static StudyPreview of(
            StudyPlan plan,
            OptionalDouble speed,
            PlanWarnings warnings,
            Sentences sentences,
            Function<RunSpec, List<Double>> flops) {
        Map<String, Long> slices = plan.jobs().stream()
                .collect(Collectors.groupingBy(job -> job.run().runId(), Collectors.counting()));
        List<Run> runs = plan.runs().stream()
                .map(run -> {
                    double hours = warnings.hours(run);
                    List<Cell> cells = cells(plan.spec(), run, flops.apply(run), hours);
                    return run(run, slices.getOrDefault(run.runId(), 0L).intValue(), cells, hours);
                })
                .toList();
        Double flopsPerSecond = speed.isPresent() ? speed.getAsDouble() : null;
        return StudyPreviewBuilder.builder()
                .id(plan.spec().id())
                .corpus(plan.spec().corpus())
                .runs(runs)
                .slices(plan.jobs().size())
                .expectedFlops(plan.expectedFlops())
                .makespans(Makespan.of(
                        runs.stream().map(Run::deviceHours).toList(),
                        plan.spec().recipe().gradientShards()))
                .evaluationSeconds(sentences.evaluationSeconds())
                .budgetField(plan.spec().budgetKind().field())
                .budgetValues(plan.spec().budgets())
                .recipe(plan.spec().recipe())
                .choices(sentences.choices())
                .omissions(sentences.omissions())
                .warnings(Stream.concat(
                                warnings.of(plan.runs()).stream().map(PlanWarnings.Warning::sentence),
                                sentences.warnings().stream())
                        .toList())
                .flopsPerSecond(flopsPerSecond)
                .seconds(flopsPerSecond == null ? null : plan.expectedFlops() / flopsPerSecond)
                .build();
    }

    private static Run run(RunSpec run, int slices, List<Cell> cells, double deviceHours) {
        double tokens = run.budgets().getLast().tokens();
        return StudyPreviewRunBuilder.builder()
                .runId(run.runId())
                .name(run.name())
                .shape(run.shape())
                .parameters(ParameterCount.of(run.shape()))
                .budgets(run.budgets())
                .cells(cells)
                .slices(slices)
                .expectedFlops(run.expectedFlops())
                .uniqueTokens(Math.min(tokens, (double) run.corpus().tokens()))
                .epochs(tokens / run.corpus().tokens())
                .deviceHours(deviceHours)
                .memoryBytes(PlanWarnings.memoryBytes(run))
                .build();
    }

    private static List<Cell> cells(StudySpec spec, RunSpec run, List<Double> flops, double deviceHours) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < flops.size(); i++) {
            double tokens = run.budgets().get(i).tokens();
            cells.add(new Cell(
                    column(spec, run, tokens, flops.get(i)),
                    tokens,
                    flops.get(i),
                    tokens / run.corpus().tokens(),
                    deviceHours * flops.get(i) / run.expectedFlops()));
        }
        return cells;
    }

    /** A cell spends at most its budget, and more than the one before. */
    private static int column(StudySpec spec, RunSpec run, double tokens, double flops) {
        double spent = switch (spec.budgetKind()) {
            case TOKENS -> tokens;
            case FLOPS -> flops;
            case TOKENS_PER_PARAMETER -> tokens / ParameterCount.of(run.shape()).exact();
        };
        for (int i = 0; i < spec.budgets().size(); i++) {
            if (spent <= spec.budgets().get(i) * (1 + ROUNDING)) {
                return i;
            }
        }
        throw new IllegalStateException("run " + run.runId() + " spends more than the largest budget");
    }
}
