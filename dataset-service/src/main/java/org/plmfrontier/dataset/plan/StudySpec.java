package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * What a person asks for: shapes times seeds, each at all token budgets, with one recipe on one corpus.
 *
 * @param id name of the study; part of its runs' ids
 * @param corpus id of the corpus
 * @param tokenBudgets training tokens at which final losses are wanted, ascending
 * @param recipe its seed is replaced by each of the seeds
 * @param maxRunFlops cells of the grid that cost more than this are left out, so that small models can be trained as long
 *     as it takes until a larger one overtakes them without the largest ones costing a fortune; null for the whole grid
 * @param initialWeights imported weights with which every run begins, as a trainer named them; only for a study of one
 *     shape, theirs; null for weights drawn from the seeds
 * @param learningRates peak rates that take the place of the recipe's, one after the other; null for the recipe's own
 * @param cells how far each shape is trained where {@code tokenBudgets}, which are then empty, do not say it; null where they
 *     do
 */
@StagedBuilder
public record StudySpec(
        String id,
        String corpus,
        List<ModelShape> shapes,
        List<Double> tokenBudgets,
        Recipe recipe,
        List<Long> seeds,
        @Nullable Double maxRunFlops,
        @Nullable String initialWeights,
        @Nullable List<Double> learningRates,
        @Nullable CellBudgets cells) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,49}");

    public StudySpec {
        require("id", ID.matcher(id).matches(), "must be 1 to 50 of a-z, 0-9, '.', '_', '-', got '" + id + "'");
        Objects.requireNonNull(corpus, "corpus");
        Objects.requireNonNull(recipe, "recipe");
        shapes = distinct("shapes", shapes);
        BudgetKind kind = cells == null ? BudgetKind.TOKENS : cells.kind();
        requireOneKind(tokenBudgets, cells, kind);
        tokenBudgets = List.copyOf(tokenBudgets);
        requireAscending(kind, budgets(kind, tokenBudgets, cells));
        Double epochs = cells == null ? null : cells.maxEpochs();
        require("maxEpochs", epochs == null || epochs > 0, "must be positive, got " + epochs);
        seeds = distinct("seeds", seeds);
        require("maxRunFlops", maxRunFlops == null || maxRunFlops > 0, "must be positive, got " + maxRunFlops);
        require(
                "initialWeights",
                initialWeights == null || shapes.size() == 1,
                "belong to one shape, the study has " + shapes.size());
        learningRates = learningRates == null ? null : distinct("learningRates", learningRates);
        for (int i = 0; learningRates != null && i < learningRates.size(); i++) {
            double rate = learningRates.get(i);
            require("learningRates[" + i + "]", rate > 0 && rate < 1, "must lie in (0, 1), got " + rate);
        }
        for (ModelShape shape : shapes) {
            requireTrainable(recipe, shape);
            boolean alike = shapes.stream()
                    .filter(other -> other.family() == shape.family())
                    .allMatch(other -> other.normalisesQueriesAndKeys() == shape.normalisesQueriesAndKeys());
            require(
                    "shapes",
                    alike,
                    "must agree on qkNorm within " + shape.family() + ", whose runs are fitted together");
        }
    }

    /**
     * That a shape has what a recipe asks of it.
     *
     * @throws RefusedException where it has not, with the recipe's field
     */
    public static void requireTrainable(Recipe recipe, ModelShape shape) {
        boolean drops = !recipe.tokenDropout() || shape.architecture().tokenDropout();
        require("recipe.tokenDropout", drops, "must be false with " + shape.family() + ", which has none");
        boolean streams = recipe.precision() != Precision.BF16_RESIDUAL
                || shape.architecture().residualStream();
        require(
                "recipe.precision",
                streams,
                "must not be BF16_RESIDUAL with " + shape.family() + ", which has no residual stream; BF16 needs none");
    }

    /** What {@link #budgets()} are amounts of. */
    public BudgetKind budgetKind() {
        return cells == null ? BudgetKind.TOKENS : cells.kind();
    }

    /** At which final losses are wanted, ascending. */
    public List<Double> budgets() {
        return budgets(budgetKind(), tokenBudgets, cells);
    }

    /** Whether this is the other study, or that with further shapes or budgets. */
    public boolean includes(StudySpec other) {
        int known = other.budgets().size();
        return shapes.containsAll(other.shapes)
                && budgetKind() == other.budgetKind()
                && budgets().size() >= known
                && budgets().subList(0, known).equals(other.budgets())
                && equals(other.with(shapes, budgets()));
    }

    /**
     * The study with further shapes and larger budgets; those that it has already change nothing.
     *
     * @param furtherBudgets in the unit of this study's own
     * @throws RefusedException where a budget is not beyond all others, or the schedule ends with the budget, so that no
     *     run can go on
     */
    public StudySpec extended(List<ModelShape> furtherShapes, List<Double> furtherBudgets) {
        Set<ModelShape> allShapes = new LinkedHashSet<>(shapes);
        allShapes.addAll(furtherShapes);
        List<Double> allBudgets = new ArrayList<>(budgets());
        for (int i = 0; i < furtherBudgets.size(); i++) {
            double budget = furtherBudgets.get(i);
            if (allBudgets.contains(budget)) {
                continue;
            }
            String field = budgetKind().field() + "[" + i + "]";
            if (!recipe.schedule().sharesPrefixes()) {
                throw new RefusedException(
                        field,
                        "recipe.schedule of study " + id
                                + " ends with each budget, so that none of its runs can go on to " + budget
                                + " " + budgetKind().unit() + "; a larger budget is a new study");
            }
            require(
                    field,
                    budget > allBudgets.getLast(),
                    "must exceed " + allBudgets.getLast() + ", the study's largest budget, got " + budget);
            allBudgets.add(budget);
        }
        return with(List.copyOf(allShapes), allBudgets);
    }

    private StudySpec with(List<ModelShape> otherShapes, List<Double> otherBudgets) {
        boolean ofTokens = budgetKind() == BudgetKind.TOKENS;
        return StudySpecBuilder.from(this)
                .shapes(otherShapes)
                .tokenBudgets(ofTokens ? otherBudgets : List.of())
                .cells(cells == null ? null : cells.with(otherBudgets))
                .build();
    }

    private static List<Double> budgets(BudgetKind kind, List<Double> ofTokens, @Nullable CellBudgets cells) {
        List<Double> others =
                cells == null ? null : kind == BudgetKind.FLOPS ? cells.flops() : cells.tokensPerParameter();
        return others == null ? ofTokens : others;
    }

    private static void requireOneKind(List<Double> ofTokens, @Nullable CellBudgets cells, BudgetKind kind) {
        boolean two = cells != null
                && (kind != BudgetKind.TOKENS && !ofTokens.isEmpty()
                        || cells.flops() != null && cells.tokensPerParameter() != null);
        require(
                kind.field(),
                !two,
                "must be the only budgets of the study: either tokenBudgets, flopBudgets or tokensPerParameter");
    }

    private static void requireAscending(BudgetKind kind, List<Double> budgets) {
        distinct(kind.field(), budgets);
        for (int i = 0; i < budgets.size(); i++) {
            double budget = budgets.get(i);
            boolean ascends = i == 0 || budget > budgets.get(i - 1);
            String field = kind.field() + "[" + i + "]";
            require(field, budget > 0 && !Double.isInfinite(budget), "must be positive and finite, got " + budget);
            require(field, ascends, "must exceed the budget before it, got " + budget);
        }
    }

    private static <T> List<T> distinct(String field, List<T> values) {
        require(field, !values.isEmpty(), "must not be empty");
        require(field, new HashSet<>(values).size() == values.size(), "must not repeat a value, got " + values);
        return List.copyOf(values);
    }

    private static void require(String field, boolean holds, String rule) {
        if (!holds) {
            throw new RefusedException(field, field + " " + rule);
        }
    }
}
