package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.nio.file.Path;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.network.Attention;

/** The program that the engine loads, as a file for {@code torch.jit.load}: the same computation under another torch. */
public final class ModelArchive {
    private ModelArchive() {}

    /**
     * Writes a model's program; no tensors are in it.
     *
     * @param gpu whether it is for a GPU, which attends by another kernel than a CPU
     */
    public static void write(ModelSettings settings, boolean gpu, Path file) throws IOException {
        Attention attention = new Capabilities(gpu, gpu, System.getenv()).attention(settings);
        ModelScript.archive(settings, attention, true).write(file);
    }
}
