package org.plmfrontier.dataset.plan;

import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * What a grid may be at most. It is held against the request before anything is expanded, and only when a study is planned:
 * what was stored under other bounds stays readable.
 */
final class GridBounds {
    /** Runs of one study. */
    static final int MOST_RUNS = 2_000;
    /** Budgets of one study. */
    static final int MOST_BUDGETS = 1_000;
    /** Slices of one study. */
    static final int MOST_SLICES = 200_000;
    /** Tokens of one budget: a thousand times what language models have been trained on. */
    static final double MOST_TOKENS = 1e16;
    /** Parameters of one shape: a thousand times the largest models. */
    static final double MOST_PARAMETERS = 1e15;
    /** Weights, gradients and AdamW's two moments, 4 bytes each; activations come on top. */
    static final int LEAST_BYTES_PER_PARAMETER = 16;

    private static final double GIGABYTE = 1e9;

    private GridBounds() {}

    /** @throws RefusedException where the grid is too large, naming the field */
    static void require(StudySpec spec) {
        long rates = spec.learningRates() == null ? 1 : spec.learningRates().size();
        long budgets =
                spec.recipe().schedule().sharesPrefixes() ? 1 : spec.budgets().size();
        long runs = rates * budgets * spec.shapes().size() * spec.seeds().size();
        if (runs > MOST_RUNS) {
            throw new RefusedException(
                    "shapes",
                    spec.shapes().size() + " shapes x " + spec.seeds().size() + " seeds x " + rates
                            + " learning rates x "
                            + budgets + " runs per cell are " + runs + " runs, at most " + MOST_RUNS
                            + " are possible in a study");
        }
        if (spec.budgets().size() > MOST_BUDGETS) {
            throw new RefusedException(
                    spec.budgetKind().field(),
                    spec.budgets().size() + " budgets, at most " + MOST_BUDGETS + " are possible in a study");
        }
        for (int i = 0; i < spec.shapes().size(); i++) {
            requireCountable("shapes[" + i + "]", spec.shapes().get(i));
        }
    }

    private static void requireCountable(String field, ModelShape shape) {
        double matrices = (double) shape.layers() * shape.dModel() * (4.0 * shape.dModel() + 2.0 * shape.ffnSize());
        if (matrices > MOST_PARAMETERS) {
            throw new RefusedException(
                    field, "about %.1e parameters, at most %.0e are possible".formatted(matrices, MOST_PARAMETERS));
        }
    }

    /**
     * Refuses what no trainer can hold.
     *
     * @param memoryBytes what a trainer's device has
     * @throws RefusedException naming the field
     */
    static void requireFits(StudySpec spec, long memoryBytes) {
        for (int i = 0; i < spec.shapes().size(); i++) {
            ModelShape shape = spec.shapes().get(i);
            double bytes = leastBytes(shape, spec.recipe());
            if (bytes > memoryBytes) {
                throw new RefusedException(
                        "shapes[" + i + "]",
                        "%s has %,d parameters: weights, gradients and two moments take at least %.1f GB%s, trainers have %.1f GB (dataset.trainers.memory-bytes)"
                                .formatted(
                                        RunNames.label(shape),
                                        ParameterCount.of(shape).exact(),
                                        bytes / GIGABYTE,
                                        eachOf(spec.recipe()),
                                        memoryBytes / GIGABYTE));
            }
        }
    }

    /**
     * Bytes that training a shape takes of a device whatever the batch is. With shards there are as many devices: each has a
     * gradient, the weights and moments of its share of the parameters, and of the others' weights what products take.
     */
    static double leastBytes(ModelShape shape, Recipe recipe) {
        int others = recipe.precision().multipliesInBf16() ? Float.BYTES / 2 : Float.BYTES;
        int own = LEAST_BYTES_PER_PARAMETER - Float.BYTES;
        double each = Float.BYTES + others + (own - others) / (double) recipe.gradientShards();
        return each * ParameterCount.of(shape).exact();
    }

    /** Whose memory is meant, to be put behind a number of bytes. */
    static String eachOf(Recipe recipe) {
        return recipe.gradientShards() == 1 ? "" : " of each of %d devices".formatted(recipe.gradientShards());
    }

    /** @throws RefusedException where a plan has more slices than a study may have */
    static void requireSlices(long slices, RunSpec run) {
        if (slices > MOST_SLICES) {
            throw new RefusedException(
                    "tokenBudgets",
                    "up to run " + run.runId() + " the study has " + slices + " slices, at most " + MOST_SLICES
                            + " are possible: fewer budgets, or larger slices (dataset.slices.target-flops)");
        }
    }
}
