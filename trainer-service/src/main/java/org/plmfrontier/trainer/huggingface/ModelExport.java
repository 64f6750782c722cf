package org.plmfrontier.trainer.huggingface;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Buffer;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** A state as the files that {@code from_pretrained} reads, and a model card. */
public final class ModelExport {
    static final String TENSORS = "model.safetensors";

    private ModelExport() {}

    /**
     * All files.
     *
     * @param state open until the files are written
     * @param software name and version of the trainer, for the card
     * @param origin card of the imported weights with which the run began; null where there is none
     */
    public static List<ModelFile> files(
            RunFacts facts, RunProgress progress, TensorSource state, String software, @Nullable String origin) {
        ModelShape shape = facts.run().shape();
        List<ModelFile> files = new ArrayList<>();
        files.add(new ModelFile.Text("README.md", new ModelCard(facts, progress, software, origin).text()));
        files.add(new ModelFile.Json(
                ModelConfig.FILE, new ModelConfig(shape, facts.run().recipe().tokenDropout()).fields()));
        files.addAll(TokenizerFiles.all());
        files.add(new ModelFile.Tensors(TENSORS, tensors(shape, state)));
        return files;
    }

    /** The parameters under their exported names, and the buffers that are stored with them. */
    static List<NamedTensor> tensors(ModelShape shape, TensorSource state) {
        ExportLayout layout = Networks.layout(shape.family());
        Network network = Networks.of(shape);
        List<NamedTensor> tensors = new ArrayList<>();
        for (TensorSpec tensor : network.parameters()) {
            tensors.add(new NamedTensor(layout.exported(tensor.name()), tensor.shape(), () -> state.read(tensor)));
        }
        for (Buffer buffer : network.buffers()) {
            List<Integer> size = List.of(buffer.values().size());
            tensors.add(new NamedTensor(buffer.name(), size, () -> bytes(buffer)));
        }
        return tensors;
    }

    private static ByteBuffer bytes(Buffer buffer) {
        ByteBuffer values =
                ByteBuffer.allocate(buffer.values().size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.values().forEach(values::putFloat);
        return values.flip();
    }
}
