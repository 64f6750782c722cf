package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * A study to runs. Where the schedule depends on the tokens seen alone, a budget is a prefix of a larger one, and one
 * run per shape, seed and learning rate serves all of them; otherwise each budget is a run of its own whose schedule ends at the
 * budget. Cells beyond the study's most FLOPs per run are left out.
 */
final class RunPlanner {
    private final StudySpec spec;
    private final CorpusRef corpus;
    private final LoadProfile profile;
    private final Set<String> deletedRuns;

    /** @param deletedRuns ids that no run gets */
    RunPlanner(StudySpec spec, CorpusRef corpus, LoadProfile profile, Set<String> deletedRuns) {
        this.deletedRuns = deletedRuns;
        this.spec = spec;
        this.corpus = corpus;
        this.profile = profile;
    }

    List<RunSpec> runs() {
        GridBounds.require(spec);
        CellGrid grid = new CellGrid(spec, corpus, profile);
        List<RunSpec> runs = new ArrayList<>();
        for (ModelShape shape : spec.shapes()) {
            List<RunSpec.Budget> budgets = grid.of(shape);
            for (long seed : spec.seeds()) {
                for (Recipe recipe : rates()) {
                    runs.addAll(cell(shape, recipe.withSeed(seed), budgets));
                }
            }
        }
        return runs;
    }

    /** The recipe at each of the learning rates. */
    private List<Recipe> rates() {
        return spec.learningRates() == null
                ? List.of(spec.recipe())
                : spec.learningRates().stream()
                        .map(rate -> spec.recipe().withSchedule(at(spec.recipe().schedule(), rate)))
                        .toList();
    }

    private static Schedule at(Schedule schedule, double rate) {
        return switch (schedule) {
            case Schedule.Constant constant -> new Schedule.Constant(rate, constant.warmupTokens());
            case Schedule.TokenDecay decay -> new Schedule.TokenDecay(rate, decay.factor(), decay.perTokens());
            case Schedule.WarmupCosine cosine ->
                new Schedule.WarmupCosine(rate, cosine.warmupTokens(), cosine.totalTokens(), cosine.finalFraction());
        };
    }

    private static double peak(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Constant constant -> constant.peakLearningRate();
            case Schedule.TokenDecay decay -> decay.peakLearningRate();
            case Schedule.WarmupCosine cosine -> cosine.peakLearningRate();
        };
    }

    private List<RunSpec> cell(ModelShape shape, Recipe recipe, List<RunSpec.Budget> budgets) {
        String rate = spec.learningRates() == null ? "" : RunNames.amount(peak(recipe.schedule()));
        String label = RunNames.label(shape)
                + (spec.seeds().size() > 1 ? " seed " + recipe.seed() : "")
                + (rate.isEmpty() ? "" : " rate " + rate);
        String suffix = rate.isEmpty() ? "" : "-r" + rate;
        if (recipe.schedule().sharesPrefixes()) {
            return List.of(run(RunNames.cell(spec.id(), shape, recipe.seed(), suffix), label, shape, recipe, budgets));
        }
        List<RunSpec> runs = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            double tokens = budgets.get(i).tokens();
            String amount = RunNames.amount(tokens);
            Recipe own = recipe.withSchedule(
                    ending(recipe.schedule(), tokens, spec.budgetKind().field() + "[" + i + "]"));
            String cell = RunNames.cell(spec.id(), shape, recipe.seed(), suffix + "-t" + amount);
            runs.add(run(cell, label + " @" + amount, shape, own, List.of(budgets.get(i))));
        }
        return runs;
    }

    private RunSpec run(String cell, String name, ModelShape shape, Recipe recipe, List<RunSpec.Budget> budgets) {
        double flops = flops(shape, budgets.getLast());
        RunSpec run = RunSpecBuilder.builder()
                .studyId(spec.id())
                .runId("cell")
                .name(name)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(budgets)
                .expectedFlops(flops)
                .initialWeights(spec.initialWeights())
                .build();
        return run.withRunId(RunNames.id(cell, run, deletedRuns));
    }

    private double flops(ModelShape shape, RunSpec.Budget budget) {
        try {
            return new RunCost(shape, profile).flops(0, budget.endRecord());
        } catch (ArithmeticException e) {
            throw new RefusedException(
                    spec.budgetKind().field(),
                    "a budget of " + budget.tokens() + " tokens costs more with shape " + RunNames.label(shape)
                            + " than can be counted");
        }
    }

    private static Schedule ending(Schedule schedule, double tokens, String field) {
        if (!(schedule instanceof Schedule.WarmupCosine cosine)) {
            throw new IllegalStateException("no rule for the length of " + schedule);
        }
        if (tokens <= cosine.warmupTokens()) {
            throw new RefusedException(
                    field,
                    "a budget of " + tokens + " tokens ends within the warm-up of " + cosine.warmupTokens()
                            + " tokens");
        }
        return new Schedule.WarmupCosine(
                cosine.peakLearningRate(), cosine.warmupTokens(), tokens, cosine.finalFraction());
    }
}
