package org.plmfrontier.trainer.engine;

import java.io.IOException;
import org.plmfrontier.trainer.parameter.TensorSource;

/** The library that computes. Thread-safe: calls of several threads are done one after the other. */
public interface TrainingEngine extends AutoCloseable {
    /**
     * Puts a model on the device.
     *
     * @param state parameters and moments; read once, during the call
     * @throws IOException where the state cannot be read
     * @throws UnsupportedRecipeException where the device cannot compute what the settings ask for
     */
    ResidentModel load(ModelSettings settings, TensorSource state) throws IOException;

    /**
     * Puts the parameters of a model on the device, to be read.
     *
     * @param tokenDropout whether its embeddings are rescaled as ESM-2's are
     * @param state its parameters; read once, during the call
     * @throws IOException where the state cannot be read
     * @throws UnsupportedRecipeException where the device cannot compute what the settings ask for
     */
    ProteinModel open(ModelSettings settings, boolean tokenDropout, TensorSource state) throws IOException;

    /** Name of the device as its driver gives it, {@code cpu} for any CPU. */
    String deviceName();

    /** Intra-op threads of the process; another number gives other bits. */
    int threads();

    @Override
    void close();
}
