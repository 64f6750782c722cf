package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;

/**
 * What a model file holds beside the parameters. Of an ESM-2 encoder that may be what its language model does not compute
 * with (contact head, pooler, positions of models that have no rotary ones), what follows from the shape (rotary
 * frequencies), and the output matrix where it is the embedding.
 */
record OtherTensors(ModelShape shape, TensorFile file) {
    private static final String DECODER = "lm_head.decoder.weight";
    private static final String EMBEDDING = "embed_tokens.weight";
    private static final Pattern UNUSED = Pattern.compile("esm\\.contact_head\\.regression\\.(weight|bias)"
            + "|esm\\.pooler\\.dense\\.(weight|bias)|esm\\.embeddings\\.position_(ids|embeddings\\.weight)");
    /** Frequencies that were kept in half precision once are as far off as that. */
    private static final double TOLERANCE = 1e-3;

    /**
     * Refuses what has no place.
     *
     * @param names parameters' names in the file by their own
     * @param untied whether {@code tie_word_embeddings} is false
     * @return what is passed over
     */
    List<String> require(Map<String, String> names, boolean untied) throws UnfitModelException, IOException {
        Set<String> others = new TreeSet<>(file.tensors().keySet());
        others.removeAll(names.values());
        List<String> passedOver = new ArrayList<>();
        if (shape.family() == Family.ESM2) {
            others.stream().filter(name -> UNUSED.matcher(name).matches()).forEach(passedOver::add);
            passedOver.forEach(others::remove);
            for (int layer = 0; layer < shape.layers(); layer++) {
                if (others.remove(TensorNames.rotary(layer))) {
                    requireFrequencies(TensorNames.rotary(layer));
                }
            }
            boolean decoder = others.remove(DECODER);
            if (decoder) {
                requireTied(Objects.requireNonNull(names.get(EMBEDDING)));
            } else if (untied) {
                throw new UnfitModelException(
                        ModelConfig.FILE,
                        "field tie_word_embeddings is false and " + ModelExport.TENSORS + " holds no '" + DECODER
                                + "'");
            }
        }
        if (!others.isEmpty()) {
            throw unfit("'" + others.iterator().next() + "' has no place in such a model");
        }
        return passedOver;
    }

    private void requireTied(String embedding) throws UnfitModelException, IOException {
        boolean same =
                Objects.equals(file.tensors().get(DECODER), file.tensors().get(embedding))
                        && file.read(DECODER).equals(file.read(embedding));
        if (!same) {
            throw unfit("'" + DECODER + "' is not tied to the embedding");
        }
    }

    private void requireFrequencies(String name) throws UnfitModelException, IOException {
        TensorFile.Entry entry = Objects.requireNonNull(file.tensors().get(name));
        if (!entry.type().equals("F32") || !entry.shape().equals(List.of(shape.keySize() / 2))) {
            throw unfit("'" + name + "' is " + entry.type() + entry.shape() + ", config.json's shape needs F32["
                    + shape.keySize() / 2 + "]");
        }
        FloatBuffer found = file.read(name).asFloatBuffer();
        FloatBuffer wanted = ModelExport.frequencies(shape.keySize()).asFloatBuffer();
        for (int i = 0; i < wanted.limit(); i++) {
            if (!(Math.abs(found.get(i) - wanted.get(i)) <= TOLERANCE * wanted.get(i))) {
                throw unfit("'" + name + "' holds " + found.get(i) + " at [" + i
                        + "], this trainer's positions turn by " + wanted.get(i));
            }
        }
    }

    private static UnfitModelException unfit(String reason) {
        return new UnfitModelException(ModelExport.TENSORS, "tensor " + reason);
    }
}
