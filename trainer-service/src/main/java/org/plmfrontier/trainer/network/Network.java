package org.plmfrontier.trainer.network;

import java.io.IOException;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.BatchSize;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** A shape as its architecture builds it. Immutable. */
public interface Network {
    ModelShape shape();

    /**
     * The trained tensors with how each begins, in the order on which the script counts; as many numbers as {@link
     * ParameterCount#exact()}.
     */
    List<TensorSpec> parameters();

    /**
     * The first half of the class {@code Model}: {@code logits_at} and what it needs.
     *
     * @throws IOException where the text cannot be read
     */
    Script script(Attention attention) throws IOException;

    /**
     * Upper estimate of the float32 numbers that forward and backward of a batch need beside weights, moments and gradients:
     * what autograd keeps of each layer, and what the layer in hand needs on its way back. A bfloat16 number is half of one; where
     * products take and give bfloat16, attention is taken to do so, too. A test holds the estimate against the process's peak.
     *
     * @param plainAttention whether scores of all pairs are kept, which the fused kernel avoids
     */
    double activations(Precision precision, BatchSize batch, boolean plainAttention);

    /** {@link #activations} in bytes. */
    default long activationBytes(Precision precision, BatchSize batch, boolean plainAttention) {
        return (long) (activations(precision, batch, plainAttention) * Float.BYTES);
    }

    /** Bytes that a step needs for rearranged weights and for gradients before they are gathered, whatever its batch. */
    default long stepBytes() {
        return 2 * Float.BYTES * ParameterCount.of(shape()).exact();
    }

    /**
     * Channels of a layer's hidden states.
     *
     * @param layer 0 for the embeddings
     */
    default int hiddenSize(int layer) {
        return shape().dModel();
    }

    /** Whether its layers attend, so that there are attention maps. */
    default boolean attends() {
        return true;
    }

    /** Tensors that other software stores beside the parameters, although they follow from the shape. */
    default List<Buffer> buffers() {
        return List.of();
    }
}
