package org.plmfrontier.trainer.huggingface;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.parameter.ParameterTable;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** A state as the files that {@code from_pretrained} reads, and a model card. */
public final class ModelExport {
    static final String TENSORS = "model.safetensors";
    private static final double ROTARY_BASE = 10_000;

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

    /** The parameters under their exported names; of an ESM-2 encoder with the buffers that transformers stores. */
    static List<NamedTensor> tensors(ModelShape shape, TensorSource state) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (TensorSpec tensor : ParameterTable.of(shape)) {
            String name = TensorNames.exported(shape.family(), tensor.name());
            tensors.add(new NamedTensor(name, tensor.shape(), () -> state.read(tensor)));
        }
        if (shape.family() == Family.ESM2) {
            for (int layer = 0; layer < shape.layers(); layer++) {
                tensors.add(new NamedTensor(
                        TensorNames.rotary(layer), List.of(shape.keySize() / 2), () -> frequencies(shape.keySize())));
            }
        }
        return tensors;
    }

    /** 1 / 10000^(2j / key size), as transformers' RotaryEmbedding has it. */
    static ByteBuffer frequencies(int keySize) {
        ByteBuffer values = ByteBuffer.allocate(keySize / 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < keySize; j += 2) {
            values.putFloat((float) (1 / Math.pow(ROTARY_BASE, (double) j / keySize)));
        }
        return values.flip();
    }
}
