package org.plmfrontier.dataset.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.design.ComputeBudget;
import org.plmfrontier.dataset.design.StudyDesign;
import org.plmfrontier.dataset.design.StudyDesigner;
import org.plmfrontier.dataset.plan.DeviceSpeed;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.RunCost;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.refusal.ConflictException;

/** Chooses studies for budgets, with the corpora and the speeds that there are. Thread-safe. */
public final class StudyDesigns {
    private static final String FIELD = "budget";

    private final Studies studies;

    public StudyDesigns(Studies studies) {
        this.studies = studies;
    }

    /**
     * What a person has stated; the rest is chosen.
     *
     * @param corpus id of a corpus that is ready
     * @param budget as it was written
     * @param family of the shapes that are chosen
     * @param shapes null to choose them
     * @param recipe null to choose it
     * @param maxEpochs how often a run may read the corpus; null for four times
     * @param devices how many train side by side, for budgets of time here
     */
    @StagedBuilder
    public record Wish(
            String corpus,
            String budget,
            Family family,
            @Nullable List<ModelShape> shapes,
            @Nullable Recipe recipe,
            @Nullable Double maxEpochs,
            int devices) {}

    /**
     * The study for a budget.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException where the budget reads otherwise, or is too small
     * @throws ConflictException where it is of time here, and nothing has trained here yet
     */
    public StudyDesign of(Wish wish) {
        ComputeBudget budget = ComputeBudget.parse(FIELD, wish.budget());
        CorpusRef corpus = studies.corpus(wish.corpus());
        LoadProfile profile = studies.profile(wish.corpus());
        StudyDesigner designer = new StudyDesigner(
                wish.family(),
                wish.shapes(),
                wish.recipe(),
                wish.maxEpochs(),
                new StudyDesigner.Data(profile, corpus.heldOutRecords()));
        return switch (budget) {
            case ComputeBudget.Flops flops -> designer.of(FIELD, flops);
            case ComputeBudget.OnDevice time -> designer.of(FIELD, time);
            case ComputeBudget.Here time -> designer.of(FIELD, time, measured(corpus, wish), wish.devices());
        };
    }

    /** Cells of a study that will be left out, a sentence for each reason. */
    public List<String> omissions(StudySpec spec) {
        return StudyPlan.omissions(spec, studies.corpus(spec.corpus()), studies.profile(spec.corpus()));
    }

    /** Training FLOPs of a run up to each of its budgets, unpadded, ascending. */
    public List<Double> flopsToBudgets(RunSpec run) {
        RunCost cost = new RunCost(run.shape(), studies.profile(run.corpus().id()));
        return run.budgets().stream()
                .map(budget -> cost.flops(0, budget.endRecord()))
                .toList();
    }

    private ToDoubleFunction<ModelShape> measured(CorpusRef corpus, Wish wish) {
        DeviceSpeed speed = studies.deviceSpeed();
        Recipe recipe = wish.recipe() != null ? wish.recipe() : usual();
        ModelShape any = ModelShape.esm2(1, 16, 1);
        if (speed.measured(run(corpus, any, recipe)).isEmpty()) {
            throw new ConflictException(
                    "how fast the trainers here are in " + recipe.precision()
                            + " is not known, since none has trained in it yet: name devices"
                            + " ('2 gpu-hours on H100'), give FLOPs ('1e15 FLOPs'), or train a run first (./frontier run does)");
        }
        return shape -> speed.at(run(corpus, shape, recipe));
    }

    /** Speeds are looked up by the shape and precision of a run. */
    private static RunSpec run(CorpusRef corpus, ModelShape shape, Recipe recipe) {
        StudySpec.requireTrainable(recipe, shape);
        List<RunSpec.Budget> budgets = List.of(new RunSpec.Budget(1, recipe.recordsPerStep()));
        return RunSpecBuilder.builder()
                .studyId(FIELD)
                .runId(FIELD)
                .name(FIELD)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(budgets)
                .expectedFlops(1)
                .build();
    }

    private static Recipe usual() {
        return FrozenRecipes.byName().values().stream()
                .filter(recipe -> recipe.precision() == Precision.FP32)
                .findFirst()
                .orElseThrow();
    }
}
