package org.plmfrontier.dataset.plan;

/** What the budgets of a study are amounts of. */
public enum BudgetKind {
    /** Tokens, the same for all shapes. */
    TOKENS("tokenBudgets", "tokens"),
    /** Training FLOPs (Serrano et al. 2024, Table 5), the same for all shapes: IsoFLOP. */
    FLOPS("flopBudgets", "FLOPs"),
    /** Tokens for each trained parameter of a shape. */
    TOKENS_PER_PARAMETER("tokensPerParameter", "tokens per parameter");

    private final String field;
    private final String unit;

    BudgetKind(String field, String unit) {
        this.field = field;
        this.unit = unit;
    }

    /** Field of a request in which they stand. */
    public String field() {
        return field;
    }

    /** What they are counted in. */
    public String unit() {
        return unit;
    }
}
