package org.plmfrontier.trainer.family;

import java.util.List;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.Lstm;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ModernTransformer;
import org.plmfrontier.contracts.model.Transformer;
import org.plmfrontier.trainer.lstm.LstmLayout;
import org.plmfrontier.trainer.lstm.LstmNetwork;
import org.plmfrontier.trainer.modern.ModernLayout;
import org.plmfrontier.trainer.modern.ModernNetwork;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.transformer.DecoderLayout;
import org.plmfrontier.trainer.transformer.EsmLayout;
import org.plmfrontier.trainer.transformer.TransformerNetwork;

/** The networks by architecture. The switches have no default: a new architecture does not compile until it is here. */
public final class Networks {
    private Networks() {}

    /** The network of a shape. */
    public static Network of(ModelShape shape) {
        return switch (shape.architecture()) {
            case Transformer transformer -> new TransformerNetwork(shape, transformer.causal());
            case Lstm lstm -> new LstmNetwork(shape);
            case ModernTransformer modern -> new ModernNetwork(shape, modern.causal());
        };
    }

    /** How models of a family are written and read as files. */
    public static ExportLayout layout(Family family) {
        return switch (family.architecture()) {
            case Transformer transformer -> transformer.causal() ? new DecoderLayout() : new EsmLayout();
            case Lstm lstm -> new LstmLayout();
            case ModernTransformer modern -> new ModernLayout(modern.causal());
        };
    }

    /** The trained tensors of a shape in the order on which its script counts. */
    public static List<TensorSpec> parameters(ModelShape shape) {
        return of(shape).parameters();
    }

    /** Everything that is kept of a run of the shape. */
    public static StateLayout state(ModelShape shape) {
        return StateLayout.of(parameters(shape));
    }
}
