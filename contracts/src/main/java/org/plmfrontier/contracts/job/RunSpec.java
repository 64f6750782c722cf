package org.plmfrontier.contracts.job;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;

/**
 * One run: a shape trained by a recipe on a corpus up to the largest of its token budgets. With a schedule that shares
 * prefixes one run serves several budgets, and each budget's end is a final point.
 *
 * @param studyId the study the run is a cell of
 * @param runId unique over all studies; the Kafka key of everything about the run
 * @param name short label for people, for example {@code 0.35M}
 * @param budgets where the run is evaluated on held-out proteins, ascending; the last one ends the run
 * @param expectedFlops training FLOPs of the whole run, unpadded
 * @param initialWeights name under which a trainer keeps imported weights of this shape, with which the run begins; null
 *     where it begins with weights drawn from the recipe's seed
 */
@StagedBuilder
public record RunSpec(
        String studyId,
        String runId,
        String name,
        ModelShape shape,
        Recipe recipe,
        CorpusRef corpus,
        List<Budget> budgets,
        double expectedFlops,
        @Nullable String initialWeights) {
    /**
     * A token budget and the record at which it is reached.
     *
     * @param tokens the budget asked for
     * @param endRecord number of records trained when the budget is spent; a multiple of the recipe's records per step.
     *     Positions count on over epochs: position p is record {@code p % corpus.records()} of the log
     */
    public record Budget(double tokens, long endRecord) {
        public Budget {
            if (!(tokens > 0) || endRecord <= 0) {
                throw new IllegalArgumentException("budget of " + tokens + " tokens ending at record " + endRecord);
            }
        }
    }

    public RunSpec {
        Identifiers.require("studyId", studyId);
        Identifiers.require("runId", runId);
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(corpus, "corpus");
        if (recipe.tokenDropout() && !shape.architecture().tokenDropout()) {
            throw new IllegalArgumentException(
                    "recipe.tokenDropout of run " + runId + ": " + shape.family() + " has no token dropout");
        }
        if (recipe.precision() == Precision.BF16_RESIDUAL
                && !shape.architecture().residualStream()) {
            throw new IllegalArgumentException("recipe.precision " + recipe.precision() + " of run " + runId + ": "
                    + shape.family() + " has no residual stream");
        }
        budgets = List.copyOf(budgets);
        if (budgets.isEmpty()) {
            throw new IllegalArgumentException("run " + runId + " has no budget");
        }
        for (int i = 1; i < budgets.size(); i++) {
            if (budgets.get(i).endRecord() <= budgets.get(i - 1).endRecord()) {
                throw new IllegalArgumentException("budgets of run " + runId + " do not ascend: " + budgets);
            }
        }
        if (!(expectedFlops > 0)) {
            throw new IllegalArgumentException("expectedFlops of run " + runId + " must be positive");
        }
        if (initialWeights != null) {
            Identifiers.require("initialWeights", initialWeights);
        }
    }

    /** Records trained after so many optimiser steps. */
    public long position(long steps) {
        return Math.multiplyExact(steps, recipe.recordsPerStep());
    }

    /** Records trained when the run is over. */
    public long endRecord() {
        return budgets.getLast().endRecord();
    }

    /**
     * Hash of shape, recipe, corpus and first weights, as 16 hexadecimal digits: what is trained under it has the same
     * weights at the same position. Budgets are no part of it.
     */
    public String specification() {
        return Specification.hash(this);
    }

    /** In what this specification differs from another, as {@code seed 2 instead of 1}; empty where the hashes agree. */
    public List<String> differencesFrom(RunSpec other) {
        return Specification.differences(this, other);
    }

    /** Whether this is the same run with further budgets behind those of the other. */
    public boolean goesOnFrom(RunSpec other) {
        int known = other.budgets.size();
        return budgets.size() > known
                && budgets.subList(0, known).equals(other.budgets)
                && recipe.schedule().sharesPrefixes()
                && equals(other.withBudgets(budgets, expectedFlops));
    }

    /**
     * The same run with other budgets.
     *
     * @param flops training FLOPs up to the last of them
     */
    public RunSpec withBudgets(List<Budget> others, double flops) {
        return RunSpecBuilder.from(this).budgets(others).expectedFlops(flops).build();
    }

    /** The same run under another id. */
    public RunSpec withRunId(String other) {
        return RunSpecBuilder.from(this).runId(other).build();
    }

    /** The same run with other references of its corpus, as a corpus has that was built again by a newer version. */
    public RunSpec withReferences(ReferenceLosses references) {
        return RunSpecBuilder.from(this)
                .corpus(corpus.withReferences(references))
                .build();
    }
}
