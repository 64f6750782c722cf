package org.plmfrontier.dataset.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the shapes of a study are trained where the same token budgets for all of them do not say it. At most one of the
 * two lists is there.
 *
 * @param flops training FLOPs of a run, ascending; each shape is trained on as many tokens as fit (IsoFLOP)
 * @param tokensPerParameter tokens for each trained parameter, ascending
 * @param maxEpochs cells that read their corpus more often are left out; null for no bound
 * @param asked the budget from which shapes, budgets and recipe were chosen, as it was written; null where they were stated
 * @param notCells of each shape, in the order of the study, the places of the budgets up to which it is not trained; further
 *     shapes and budgets have all; null where every shape has every budget
 */
public record CellBudgets(
        @Nullable List<Double> flops,
        @Nullable List<Double> tokensPerParameter,
        @Nullable Double maxEpochs,
        @Nullable String asked,
        @Nullable List<List<Integer>> notCells) {
    public CellBudgets {
        notCells = notCells == null ? null : notCells.stream().map(List::copyOf).toList();
        flops = flops == null ? null : List.copyOf(flops);
        tokensPerParameter = tokensPerParameter == null ? null : List.copyOf(tokensPerParameter);
    }

    /** Every shape has every budget. */
    public CellBudgets(
            @Nullable List<Double> flops,
            @Nullable List<Double> tokensPerParameter,
            @Nullable Double maxEpochs,
            @Nullable String asked) {
        this(flops, tokensPerParameter, maxEpochs, asked, null);
    }

    /** Whether a shape is trained up to a budget, both by their places in the study. */
    boolean has(int shape, int budget) {
        return notCells == null
                || shape >= notCells.size()
                || !notCells.get(shape).contains(budget);
    }

    /** IsoFLOP cells. */
    public static CellBudgets ofFlops(List<Double> flops) {
        return new CellBudgets(flops, null, null, null);
    }

    BudgetKind kind() {
        if (flops != null) {
            return BudgetKind.FLOPS;
        }
        return tokensPerParameter != null ? BudgetKind.TOKENS_PER_PARAMETER : BudgetKind.TOKENS;
    }

    /** The same with other values of the list that is there. */
    CellBudgets with(List<Double> values) {
        return switch (kind()) {
            case FLOPS -> new CellBudgets(values, null, maxEpochs, asked, notCells);
            case TOKENS_PER_PARAMETER -> new CellBudgets(null, values, maxEpochs, asked, notCells);
            case TOKENS -> this;
        };
    }
}
