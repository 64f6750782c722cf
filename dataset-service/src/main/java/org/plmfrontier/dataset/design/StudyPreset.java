package org.plmfrontier.dataset.design;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.BudgetKind;
import org.plmfrontier.dataset.plan.CellBudgets;

/**
 * A published study, at its size or scaled down in parameters and tokens alike.
 *
 * @param shapes of the study, smallest first
 * @param grid how far each is trained
 * @param source where it is described, and what of it is not as there
 */
public record StudyPreset(String name, List<ModelShape> shapes, Grid grid, Recipe recipe, String source) {
    /** Above it small models diverge, whatever the rule says. */
    private static final double HIGHEST_RATE = 3e-3;

    private static final Map<String, StudyPreset> PRESETS = PublishedGrids.presets();

    public StudyPreset {
        shapes = List.copyOf(shapes);
    }

    /**
     * The cells of a study.
     *
     * @param kind what budgets are amounts of, tokens or training FLOPs
     * @param budgets of the runs, ascending
     * @param notCells of each shape the places of the budgets that it is not trained on; empty where every shape has every budget
     * @param maxEpochs how often a run may read its corpus
     */
    public record Grid(BudgetKind kind, List<Double> budgets, List<List<Integer>> notCells, double maxEpochs) {
        public Grid {
            budgets = List.copyOf(budgets);
            notCells = notCells.stream().map(List::copyOf).toList();
        }

        /** Number of its cells. */
        int cells(int shapes) {
            return shapes * budgets.size()
                    - notCells.stream().mapToInt(List::size).sum();
        }

        /** As a study has it. */
        public CellBudgets cells(@Nullable Double epochs) {
            return new CellBudgets(
                    kind == BudgetKind.FLOPS ? budgets : null,
                    null,
                    epochs == null ? Double.valueOf(maxEpochs) : epochs,
                    null,
                    notCells.isEmpty() ? null : notCells);
        }

        /** Token budgets of a study; none where budgets are FLOPs. */
        public List<Double> tokenBudgets() {
            return kind == BudgetKind.TOKENS ? budgets : List.of();
        }
    }

    /** Name to preset; unmodifiable. */
    public static Map<String, StudyPreset> byName() {
        return PRESETS;
    }

    /**
     * The study with its FLOPs times a factor: parameters and tokens each times its square root, the learning rate times the
     * inverse fourth root but not above {@value #HIGHEST_RATE}, since the best rate of Adam falls about as the width grows (Yang et al. 2022) and parameters grow as
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
        Map<ModelShape, Set<Integer>> smaller = new LinkedHashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            ModelShape shape = shapes.get(i);
            Set<Integer> none = new TreeSet<>(
                    grid.notCells().isEmpty() ? List.of() : grid.notCells().get(i));
            smaller.merge(
                    ShapeOfSize.nearest(shape.family(), ParameterCount.of(shape).exact() * root),
                    none,
                    (one, other) -> {
                        one.retainAll(other);
                        return one;
                    });
        }
        double factor = grid.kind() == BudgetKind.FLOPS ? scale : root;
        Grid fewer = new Grid(
                grid.kind(),
                grid.budgets().stream().map(budget -> budget * factor).toList(),
                grid.notCells().isEmpty()
                        ? List.of()
                        : smaller.values().stream().map(List::copyOf).toList(),
                grid.maxEpochs());
        Recipe scaled = recipe.withSchedule(scaled(recipe.schedule(), root));
        return new StudyPreset(name, List.copyOf(smaller.keySet()), fewer, scaled, source);
    }

    private static Schedule scaled(Schedule schedule, double root) {
        double rate = scaled(schedule.peakLearningRate(), root);
        return switch (schedule) {
            case Schedule.Constant constant -> new Schedule.Constant(rate, constant.warmupTokens() * root);
            case Schedule.TokenDecay decay -> new Schedule.TokenDecay(rate, decay.factor(), decay.perTokens() * root);
            case Schedule.WarmupCosine cosine ->
                new Schedule.WarmupCosine(
                        rate, cosine.warmupTokens() * root, cosine.totalTokens() * root, cosine.finalFraction());
        };
    }

    private static double scaled(double rate, double root) {
        return Math.max(rate, Math.min(HIGHEST_RATE, rate / Math.sqrt(root)));
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
                    "scale: %.3g of its FLOPs: parameters and tokens each times %.3g; the learning rate grows as the inverse"
                            + " root of that, since the best rate falls about as the width grows, to at most %.3g: it is %.3g",
                    scale,
                    root,
                    HIGHEST_RATE,
                    recipe.schedule().peakLearningRate()));
        }
        StudyPreset whole = PRESETS.get(name);
        if (whole != null && whole.shapes().size() > shapes.size()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "so small, %d of its %d sizes are left: the others are nearest to the same dimensions as one of these",
                    shapes.size(),
                    whole.shapes().size()));
        }
        reasons.add(String.format(
                Locale.ROOT,
                "sizes: %d from %.3g to %.3g parameters; budgets: %d from %.3g to %.3g %s; %d of the cells of both are trained,"
                        + " each corpus read %s",
                shapes.size(),
                (double) ParameterCount.of(shapes.getFirst()).exact(),
                (double) ParameterCount.of(shapes.getLast()).exact(),
                grid.budgets().size(),
                grid.budgets().getFirst(),
                grid.budgets().getLast(),
                grid.kind().unit(),
                grid.cells(shapes.size()),
                grid.maxEpochs() == 1
                        ? "once at most"
                        : String.format(Locale.ROOT, "%.0f times at most", grid.maxEpochs())));
        return List.copyOf(reasons);
    }
}
