package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.parameter.ParameterTable;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A model in the exported layout as the parameters of a run. Nothing is converted and nothing made up: every parameter must
 * be there in 32-bit floats, and what is there beside them must be known not to matter (rotary and position buffers, the
 * contact head) or be equal to what it is tied to.
 */
public final class ModelImport implements TensorSource {
    private static final String DECODER = "lm_head.decoder.weight";
    private static final Pattern WITHOUT_MEANING = Pattern.compile(
            "esm\\.contact_head\\..*|esm\\.embeddings\\.position_ids|.*\\.rotary_embeddings\\.inv_freq");

    private final ModelShape shape;
    private final TensorFile file;
    private final Map<String, String> names;

    private ModelImport(ModelShape shape, TensorFile file, Map<String, String> names) {
        this.shape = shape;
        this.file = file;
        this.names = names;
    }

    /**
     * Checks a model.
     *
     * @param config {@code config.json}
     * @param vocabulary {@code vocab.txt}
     * @param file {@code model.safetensors}; must stay open while the weights are read
     * @throws UnfitModelException with file and place of the first thing that does not fit
     */
    public static ModelImport of(Map<String, ?> config, String vocabulary, TensorFile file)
            throws UnfitModelException, IOException {
        ModelShape shape = ModelConfig.of(config).shape();
        TokenizerFiles.require(vocabulary);
        Map<String, String> names = new LinkedHashMap<>();
        for (TensorSpec tensor : ParameterTable.of(shape)) {
            String name = TensorNames.exported(shape.family(), tensor.name());
            require(file, name, tensor);
            names.put(tensor.name(), name);
        }
        ModelImport model = new ModelImport(shape, file, names);
        model.requireNothingElse();
        return model;
    }

    public ModelShape shape() {
        return shape;
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) throws IOException {
        return file.read(Objects.requireNonNull(names.get(tensor.name()), tensor.name()));
    }

    private static void require(TensorFile file, String name, TensorSpec tensor) throws UnfitModelException {
        TensorFile.Entry entry = file.tensors().get(name);
        if (entry == null) {
            throw unfit("tensor '" + name + "' is missing");
        }
        if (!entry.type().equals("F32") || !entry.shape().equals(tensor.shape())) {
            throw unfit("tensor '" + name + "' is " + entry.type() + entry.shape() + ", config.json's shape needs F32"
                    + tensor.shape());
        }
    }

    private void requireNothingElse() throws UnfitModelException, IOException {
        Set<String> others = new HashSet<>(file.tensors().keySet());
        others.removeAll(names.values());
        if (shape.family() == Family.ESM2) {
            others.removeIf(name -> WITHOUT_MEANING.matcher(name).matches());
            if (others.remove(DECODER)
                    && !file.read(DECODER).equals(file.read(Objects.requireNonNull(names.get("embed_tokens.weight"))))) {
                throw unfit("tensor '" + DECODER + "' is not tied to the embedding");
            }
        }
        if (!others.isEmpty()) {
            throw unfit("tensor '" + others.stream().sorted().findFirst().orElseThrow()
                    + "' has no place in such a model");
        }
    }

    private static UnfitModelException unfit(String reason) {
        return new UnfitModelException(ModelExport.TENSORS, reason);
    }
}
