package org.plmfrontier.trainer.engine;

import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;

/** What is compiled into a model: its shape and its optimiser's constants. */
public record ModelSettings(ModelShape shape, Optimizer optimizer) {
    public ModelSettings {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(optimizer, "optimizer");
    }
}
