package org.plmfrontier.contracts.recipe;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * Everything about the training that is not the shape, the corpus or the budget: frozen and named, equal for all runs of
 * a study but for the schedule's budget.
 *
 * @param name name under which the recipe is reported
 * @param masking how a masked family's targets are chosen; a causal one has none
 * @param tokenDropout ESM-2's rescaled embeddings; only that family has them
 * @param recordsPerStep token-log records whose gradients make one optimiser step
 * @param precision how matrix products are computed; a device that cannot refuses the run
 * @param deterministic only kernels that give the same bits at every run; a CPU has no others, a GPU is slower with them
 * @param seed seeds initial weights and masks
 * @param threads intra-op threads of the CPU engine; part of the recipe since another number gives other bits
 * @param shards into which the records of a step are dealt, whose gradients are summed in a fixed tree, so that a run can be on
 *     several devices of a process with the same bits on any number of them; a power of two, null where a run is on one
 */
@StagedBuilder
public record Recipe(
        String name,
        Schedule schedule,
        Optimizer optimizer,
        Masking masking,
        boolean tokenDropout,
        int recordsPerStep,
        Precision precision,
        boolean deterministic,
        long seed,
        int threads,
        @Nullable Integer shards) {
    private static final int MOST_SHARDS = 64;

    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(masking, "masking");
        Objects.requireNonNull(precision, "precision");
        if (recordsPerStep <= 0) {
            throw new IllegalArgumentException("recordsPerStep must be positive, got " + recordsPerStep);
        }
        if (threads <= 0) {
            throw new IllegalArgumentException("threads must be positive, got " + threads);
        }
        if (shards != null && (shards < 1 || shards > MOST_SHARDS || Integer.bitCount(shards) != 1)) {
            throw new IllegalArgumentException(
                    "shards must be a power of two from 1 to " + MOST_SHARDS + ", got " + shards);
        }
        shards = shards != null && shards == 1 ? null : shards;
    }

    /** {@link #shards}, 1 where a run is on one device. */
    public int gradientShards() {
        return shards == null ? 1 : shards;
    }

    /** The same recipe with so many shards. */
    public Recipe withShards(int other) {
        return RecipeBuilder.from(this).shards(other).build();
    }

    /** The same recipe under another schedule. */
    public Recipe withSchedule(Schedule other) {
        return RecipeBuilder.from(this).schedule(other).build();
    }

    /** The same recipe from another seed. */
    public Recipe withSeed(long other) {
        return RecipeBuilder.from(this).seed(other).build();
    }

    /** The same recipe in another precision. */
    public Recipe withPrecision(Precision other) {
        return RecipeBuilder.from(this).precision(other).build();
    }
}
