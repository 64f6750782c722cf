package org.plmfrontier.trainer.transformer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.batch.BatchSize;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Buffer;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.network.Script;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * Blocks of ESM-2.
 *
 * @param causal a decoder of them
 */
public record TransformerNetwork(ModelShape shape, boolean causal) implements Network {
    static final double NORM_EPSILON = 1e-5;
    private static final double ROTARY_BASE = 10_000;

    public TransformerNetwork {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public List<TensorSpec> parameters() {
        return TransformerTensors.of(shape);
    }

    @Override
    public Script script(Attention attention) throws IOException {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("layers", new Attribute.Whole(shape.layers()));
        attributes.put("heads", new Attribute.Whole(shape.heads()));
        attributes.put("head_dim", new Attribute.Whole(shape.keySize()));
        attributes.put("norm_eps", new Attribute.Real(NORM_EPSILON));
        attributes.put("causal", new Attribute.Flag(causal));
        attributes.put("plain", new Attribute.Flag(attention == Attention.PLAIN));
        attributes.put("wide", new Attribute.Flag(attention == Attention.FUSED_FLOAT32));
        String family = Script.read(TransformerNetwork.class, "transformer.torchscript");
        return new Script(Script.attention() + family + Script.layers(), attributes);
    }

    @Override
    public double activations(Precision precision, BatchSize batch, boolean plainAttention) {
        return TransformerMemory.numbers(shape, precision, batch, plainAttention);
    }

    /** Rotary frequencies of each layer: transformers keeps them as buffers of the encoder. */
    @Override
    public List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>();
        for (int layer = 0; layer < shape.layers() && !causal; layer++) {
            buffers.add(new Buffer(EsmLayout.rotary(layer), frequencies()));
        }
        return buffers;
    }

    /** 1 / 10000^(2j / key size), as transformers' RotaryEmbedding has it. */
    private List<Float> frequencies() {
        List<Float> frequencies = new ArrayList<>();
        for (int j = 0; j < shape.keySize(); j += 2) {
            frequencies.add((float) (1 / Math.pow(ROTARY_BASE, (double) j / shape.keySize())));
        }
        return frequencies;
    }
}
