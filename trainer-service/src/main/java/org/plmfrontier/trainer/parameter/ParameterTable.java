package org.plmfrontier.trainer.parameter;

import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;

/** The trained tensors of a shape in the order on which its family's script counts. */
public final class ParameterTable {
    private ParameterTable() {}

    /** All trained tensors; as many numbers as {@code ParameterCount.exact} says. */
    public static List<TensorSpec> of(ModelShape shape) {
        return shape.family().transformer() ? TransformerTable.of(shape) : LstmTable.of(shape);
    }
}
