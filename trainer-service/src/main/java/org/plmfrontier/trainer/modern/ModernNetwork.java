package org.plmfrontier.trainer.modern;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.batch.BatchSize;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.network.Script;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * Blocks of {@link org.plmfrontier.contracts.model.ModernTransformer}.
 *
 * @param causal a decoder of them
 */
public record ModernNetwork(ModelShape shape, boolean causal) implements Network {
    /** That of AMPLIFY's and E1's norms. */
    static final double NORM_EPSILON = 1e-5;

    public ModernNetwork {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public List<TensorSpec> parameters() {
        return ModernTensors.of(shape);
    }

    @Override
    public Script script(Attention attention) throws IOException {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("layers", new Attribute.Whole(shape.layers()));
        attributes.put("heads", new Attribute.Whole(shape.heads()));
        attributes.put("head_dim", new Attribute.Whole(shape.keySize()));
        attributes.put("norm_eps", new Attribute.Real(NORM_EPSILON));
        attributes.put("causal", new Attribute.Flag(causal));
        attributes.put("qk_norm", new Attribute.Flag(shape.normalisesQueriesAndKeys()));
        attributes.put("plain", new Attribute.Flag(attention == Attention.PLAIN));
        attributes.put("wide", new Attribute.Flag(attention == Attention.FUSED_FLOAT32));
        String family = Script.read(ModernNetwork.class, "modern.torchscript");
        return new Script(Script.attention() + family + Script.layers(), attributes);
    }

    @Override
    public double activations(Precision precision, BatchSize batch, boolean plainAttention) {
        return ModernMemory.numbers(shape, precision, batch, plainAttention);
    }
}
