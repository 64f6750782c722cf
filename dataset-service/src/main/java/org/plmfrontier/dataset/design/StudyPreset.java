package org.plmfrontier.dataset.design;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.FrozenRecipes;

/**
 * A published study, at its size or scaled down in parameters and tokens alike.
 *
 * @param shapes of the study, smallest first
 * @param tokenBudgets training tokens of its runs, ascending
 * @param maxEpochs how often a run may read its corpus
 * @param source where it is described
 */
public record StudyPreset(
        String name,
        List<ModelShape> shapes,
        List<Double> tokenBudgets,
        double maxEpochs,
        Recipe recipe,
        String source) {
    /** Tokens of the subsets of Serrano et al. 2024, Table 3. */
    private static final List<Double> TABLE_3 = List.of(6.5e9, 7.475e9, 9.75e9, 20.8e9);

    private static final Map<String, StudyPreset> PRESETS = presets();

    public StudyPreset {
        shapes = List.copyOf(shapes);
        tokenBudgets = List.copyOf(tokenBudgets);
    }

    /** Name to preset; unmodifiable. */
    public static Map<String, StudyPreset> byName() {
        return PRESETS;
    }

    /**
     * The study with its FLOPs times a factor: parameters and tokens each times its square root, the learning rate times the
     * inverse fourth root, since the best rate of Adam falls about as the width grows (Yang et al. 2022) and parameters grow as
     * its square; a decay in tokens is as much faster as there are fewer of them.
     *
     * @param scale above 0 to 1
     */
    public StudyPreset scaled(double scale) {
        if (!(scale > 0 && scale <= 1)) {
            throw new IllegalArgumentException("scale must lie in (0, 1], got " + scale);
        }
        if (scale == 1) {
            return this;
        }
        double root = Math.sqrt(scale);
        List<ModelShape> smaller = shapes.stream()
                .map(shape -> ShapeOfSize.nearest(
                        shape.family(), ParameterCount.of(shape).exact() * root))
                .distinct()
                .toList();
        List<Double> fewer = tokenBudgets.stream().map(tokens -> tokens * root).toList();
        Recipe scaled = recipe.withSchedule(scaled(recipe.schedule(), root));
        return new StudyPreset(name, smaller, fewer, maxEpochs, scaled, source);
    }

    private static Schedule scaled(Schedule schedule, double root) {
        double rate = schedule.peakLearningRate() / Math.sqrt(root);
        return switch (schedule) {
            case Schedule.Constant constant -> new Schedule.Constant(rate, constant.warmupTokens() * root);
            case Schedule.TokenDecay decay -> new Schedule.TokenDecay(rate, decay.factor(), decay.perTokens() * root);
            case Schedule.WarmupCosine cosine ->
                new Schedule.WarmupCosine(
                        rate, cosine.warmupTokens() * root, cosine.totalTokens() * root, cosine.finalFraction());
        };
    }

    /**
     * Why the study is as it is, a sentence each.
     *
     * @param scale with which {@link #scaled} made it
     */
    public List<String> reasons(double scale) {
        List<String> reasons = new ArrayList<>();
        reasons.add("preset: " + name + ", " + source);
        if (scale < 1) {
            double root = Math.sqrt(scale);
            reasons.add(String.format(
                    Locale.ROOT,
                    "scale: %.3g of its FLOPs: parameters and tokens each times %.3g, the learning rate times %.3g, since the best"
                            + " rate falls about as the width grows",
                    scale,
                    root,
                    1 / Math.sqrt(root)));
        }
        reasons.add(String.format(
                Locale.ROOT,
                "sizes: %d from %.3g to %.3g parameters; budgets: %d from %.3g to %.3g tokens, each corpus read %s",
                shapes.size(),
                (double) ParameterCount.of(shapes.getFirst()).exact(),
                (double) ParameterCount.of(shapes.getLast()).exact(),
                tokenBudgets.size(),
                tokenBudgets.getFirst(),
                tokenBudgets.getLast(),
                maxEpochs == 1 ? "once at most" : String.format(Locale.ROOT, "%.0f times at most", maxEpochs)));
        return List.copyOf(reasons);
    }

    private static Map<String, StudyPreset> presets() {
        Map<String, StudyPreset> presets = new LinkedHashMap<>();
        List<ModelShape> table4 = List.copyOf(Table4.byName().values());
        for (String recipe : List.of("serrano-2024", "serrano-2024-decay")) {
            presets.put(
                    recipe,
                    new StudyPreset(
                            recipe,
                            table4,
                            TABLE_3,
                            1,
                            Objects.requireNonNull(FrozenRecipes.byName().get(recipe), recipe),
                            "Serrano, Ciudad, Molina 2024: the eight sizes of Table 4 on the token counts of Table 3, each"
                                    + " protein seen once"));
        }
        return Collections.unmodifiableMap(presets);
    }
}
