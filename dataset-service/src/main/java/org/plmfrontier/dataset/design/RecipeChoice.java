package org.plmfrontier.dataset.design;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.RunCost;

/** The recipe of a study that states none: a constant rate, so that one run of each size serves all of its budgets. */
final class RecipeChoice {
    private static final String BASE = "frontier-default";
    private static final String CHANGED = "+changed";

    /** ESM-2's peak (Lin et al. 2023), for its sizes, which begin here; smaller models stand the recipe's own. */
    private static final double ESM2_RATE = 4e-4;

    private static final double ESM2_SMALLEST = 5e6;

    /** Part of the smallest cell's tokens that the warm-up may take. */
    private static final double WARM_UP = 1.0 / 3;

    /** Steps of a warm-up at least; cells that end within it are left out. */
    private static final double SHORTEST_WARM_UP = 8;

    /** Steps that the smallest cell has at least, before gradients of several records are put together. */
    private static final double STEPS = 300;

    private static final int MOST_RECORDS = 64;

    private final @Nullable Recipe stated;
    private final LoadProfile profile;

    /**
     * A recipe and why it is as it is.
     *
     * @param reason half a sentence
     */
    record Chosen(Recipe recipe, String reason) {}

    /** @param stated null to choose one */
    RecipeChoice(@Nullable Recipe stated, LoadProfile profile) {
        this.stated = stated;
        this.profile = profile;
    }

    Chosen of(List<ModelShape> shapes, List<Double> flopBudgets, Precision precision) {
        if (stated != null) {
            return new Chosen(stated, stated.name() + ", as stated");
        }
        Recipe base = Objects.requireNonNull(FrozenRecipes.byName().get(BASE), BASE);
        double largest = shapes.stream()
                .mapToDouble(shape -> ParameterCount.of(shape).exact())
                .max()
                .orElseThrow();
        double rate = largest > ESM2_SMALLEST ? ESM2_RATE : base.schedule().peakLearningRate();
        double fewest = fewestTokens(shapes, flopBudgets.getFirst());
        double perRecord = (double) profile.tokensBefore(profile.records()) / profile.records();
        double warmUp = Math.floor(Math.clamp(
                WARM_UP * fewest, SHORTEST_WARM_UP * perRecord, base.schedule().warmupTokens()));
        int records = (int) Math.clamp(Long.highestOneBit((long) (fewest / STEPS / perRecord)), 1, MOST_RECORDS);
        String reason = String.format(
                Locale.ROOT,
                "%s, whose rate is constant, so that one run of each size serves all of its budgets; peak %.0e%s, warm-up of"
                        + " %.3g tokens, about a third of the smallest cell; steps of about %,.0f tokens, in %s",
                BASE,
                rate,
                largest > ESM2_SMALLEST ? ", ESM-2's" : ", which small models stand",
                warmUp,
                records * perRecord,
                precision);
        Recipe chosen = RecipeBuilder.from(base)
                .schedule(new Schedule.Constant(rate, warmUp))
                .recordsPerStep(records)
                .precision(precision)
                .build();
        return new Chosen(chosen.equals(base) ? base : renamed(chosen), reason);
    }

    private double fewestTokens(List<ModelShape> shapes, double flops) {
        double tokens = profile.tokensBefore(profile.records());
        return shapes.stream()
                .mapToDouble(shape -> flops / new RunCost(shape, profile).flops(0, profile.records()) * tokens)
                .min()
                .orElseThrow();
    }

    private static Recipe renamed(Recipe recipe) {
        return RecipeBuilder.from(recipe).name(BASE + CHANGED).build();
    }
}
