package org.plmfrontier.dataset.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;

/**
 * Recipes that never change under their name.
 *
 * <ul>
 *   <li>{@code serrano-2024}: learning rate 1e-5, constant, no warm-up; Adam with L2 decay 0.01, no clipping; 15 % BERT
 *       masking (Serrano et al. 2024, Appendix D). The paper does not say whether the decay was L2 or decoupled: L2 is
 *       taken, as plain Adam has it.
 *   <li>{@code serrano-2024-decay}: the same under the paper's Eq. 2, 1e-5 times 0.999 per million tokens.
 *   <li>{@code frontier-default}: AdamW, 3e-3 after a warm-up of 100,000 tokens, then constant; gradients clipped at 1.
 *   <li>{@code frontier-cosine}: the same down a cosine to a tenth; the planner sets its length to each run's budget.
 * </ul>
 */
public final class FrozenRecipes {
    private static final double PAPER_RATE = 1e-5;
    private static final double FRONTIER_RATE = 3e-3;
    private static final double WARMUP_TOKENS = 1e5;
    private static final double ANY_BUDGET = 1e9;
    private static final Map<String, Recipe> RECIPES = recipes();

    private FrozenRecipes() {}

    /** Name to recipe; unmodifiable. */
    public static Map<String, Recipe> byName() {
        return RECIPES;
    }

    private static Map<String, Recipe> recipes() {
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        add(recipes, "serrano-2024", new Schedule.Constant(PAPER_RATE, 0), adamWithL2());
        add(recipes, "serrano-2024-decay", new Schedule.TokenDecay(PAPER_RATE, 0.999, 1e6), adamWithL2());
        add(recipes, "frontier-default", new Schedule.Constant(FRONTIER_RATE, WARMUP_TOKENS), Optimizer.adamW());
        Schedule cosine = new Schedule.WarmupCosine(FRONTIER_RATE, WARMUP_TOKENS, ANY_BUDGET, 0.1);
        add(recipes, "frontier-cosine", cosine, Optimizer.adamW());
        return Collections.unmodifiableMap(recipes);
    }

    private static Optimizer adamWithL2() {
        return new Optimizer(Optimizer.Decay.L2, 0.9, 0.98, 1e-8, 0.01, Double.MAX_VALUE);
    }

    private static void add(Map<String, Recipe> recipes, String name, Schedule schedule, Optimizer optimizer) {
        recipes.put(
                name,
                RecipeBuilder.builder()
                        .name(name)
                        .schedule(schedule)
                        .optimizer(optimizer)
                        .masking(Masking.BERT)
                        .tokenDropout(false)
                        .recordsPerStep(1)
                        .precision(Precision.FP32)
                        .deterministic(false)
                        .seed(1)
                        .threads(1)
                        .build());
    }
}
