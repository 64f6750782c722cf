package org.plmfrontier.trainer.engine;

import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;

/**
 * What is compiled into a model: its shape, its optimiser's constants and how it computes.
 *
 * @param deterministic only kernels that give the same bits at every run
 * @param shards into which the records of a step are dealt, a power of two; 1 for a model on one device
 */
public record ModelSettings(
        ModelShape shape, Optimizer optimizer, Precision precision, boolean deterministic, int shards) {
    public ModelSettings {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(precision, "precision");
    }

    /** A model in 32-bit floats. */
    public ModelSettings(ModelShape shape, Optimizer optimizer) {
        this(shape, optimizer, Precision.FP32, false);
    }

    /** A model on one device. */
    public ModelSettings(ModelShape shape, Optimizer optimizer, Precision precision, boolean deterministic) {
        this(shape, optimizer, precision, deterministic, 1);
    }

    /** The model that a recipe makes of a shape. */
    public static ModelSettings of(ModelShape shape, Recipe recipe) {
        return new ModelSettings(
                shape, recipe.optimizer(), recipe.precision(), recipe.deterministic(), recipe.gradientShards());
    }

    /** The same model in another precision. */
    public ModelSettings withPrecision(Precision other) {
        return new ModelSettings(shape, optimizer, other, deterministic, shards);
    }
}
