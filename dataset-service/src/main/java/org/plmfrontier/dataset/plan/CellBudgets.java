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
 */
public record CellBudgets(
        @Nullable List<Double> flops,
        @Nullable List<Double> tokensPerParameter,
        @Nullable Double maxEpochs,
        @Nullable String asked) {
    public CellBudgets {
        flops = flops == null ? null : List.copyOf(flops);
        tokensPerParameter = tokensPerParameter == null ? null : List.copyOf(tokensPerParameter);
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
            case FLOPS -> new CellBudgets(values, null, maxEpochs, asked);
            case TOKENS_PER_PARAMETER -> new CellBudgets(null, values, maxEpochs, asked);
            case TOKENS -> this;
        };
    }
}
