package org.plmfrontier.trainer.parameter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.plmfrontier.contracts.random.SplitMix64;

/**
 * The state of a run before its first step, from a seed: each tensor by its {@link TensorSpec#start()}. The number of a value
 * depends on the seed, its tensor's name and its place only.
 */
public final class InitialWeights implements TensorSource {
    private final long seed;

    public InitialWeights(long seed) {
        this.seed = seed;
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) {
        ByteBuffer values = ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        SplitMix64 random = SplitMix64.at(seed, tensor.name().hashCode());
        while (values.hasRemaining()) {
            values.putFloat(tensor.start().next(random));
        }
        return values.rewind();
    }
}
