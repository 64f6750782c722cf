package org.plmfrontier.trainer.huggingface;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;

/**
 * Holds what {@code config.json} says of a shape against the tensors of the file before anything is made by it: a number of
 * a few bytes cannot ask for more than the file itself brings.
 */
final class DeclaredShape {
    /** A tensor of the first layer whose rows are the feed-forward (or hidden) width, by family. */
    private static final Map<Family, String> WIDTH = Map.of(
            Family.ESM2, "esm.encoder.layer.0.intermediate.dense.weight",
            Family.CAUSAL, "layers.0.fc1.weight",
            Family.LSTM, "fwd.weight_hh_l0");

    private static final Map<Family, String> EMBEDDING = Map.of(
            Family.ESM2, "esm.embeddings.word_embeddings.weight",
            Family.CAUSAL, "embed_tokens.weight",
            Family.LSTM, "embed.weight");

    private static final Map<Family, Pattern> LAYER = Map.of(
            Family.ESM2, Pattern.compile("esm\\.encoder\\.layer\\.(\\d{1,9})\\..+"),
            Family.CAUSAL, Pattern.compile("layers\\.(\\d{1,9})\\..+"),
            Family.LSTM, Pattern.compile("fwd\\.weight_hh_l(\\d{1,9})"));

    private static final int LSTM_GATES = 4;

    private DeclaredShape() {}

    /**
     * Rows of the embedding.
     *
     * @throws UnfitModelException where the file has none
     */
    static int embeddingRows(Family family, TensorFile file) throws UnfitModelException {
        return matrix(file, name(EMBEDDING, family)).get(0);
    }

    /** @throws UnfitModelException with the field that says other than the file */
    static void require(ModelShape shape, TensorFile file) throws UnfitModelException {
        Family family = shape.family();
        boolean lstm = family == Family.LSTM;
        compare(
                lstm ? "embedding_size" : "hidden_size",
                shape.dModel(),
                name(EMBEDDING, family),
                matrix(file, name(EMBEDDING, family)).get(1));
        compare("num_hidden_layers", shape.layers(), null, layers(family, file));
        List<Integer> width = matrix(file, name(WIDTH, family));
        if (lstm) {
            compare("hidden_size", shape.ffnSize(), name(WIDTH, family), width.get(0) / LSTM_GATES);
        } else {
            compare("intermediate_size", shape.ffnSize(), name(WIDTH, family), width.get(0));
        }
    }

    private static String name(Map<Family, String> names, Family family) {
        return Objects.requireNonNull(names.get(family));
    }

    private static int layers(Family family, TensorFile file) {
        Pattern pattern = Objects.requireNonNull(LAYER.get(family));
        return (int) file.tensors().keySet().stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(match -> Integer.valueOf(match.group(1)))
                .distinct()
                .count();
    }

    private static List<Integer> matrix(TensorFile file, String name) throws UnfitModelException {
        TensorFile.Entry entry = file.tensors().get(name);
        if (entry == null) {
            throw new UnfitModelException(ModelExport.TENSORS, "tensor '" + name + "' is missing");
        }
        if (entry.shape().size() != 2 || entry.shape().contains(0)) {
            throw new UnfitModelException(
                    ModelExport.TENSORS, "tensor '" + name + "' is " + entry.type() + entry.shape() + ", no matrix");
        }
        return entry.shape();
    }

    private static void compare(String field, int declared, @Nullable String tensor, int found)
            throws UnfitModelException {
        if (declared != found) {
            String where = tensor == null ? found + " layers" : "'" + tensor + "' with " + found;
            throw new UnfitModelException(
                    ModelConfig.FILE,
                    "field " + field + " is " + declared + ", " + ModelExport.TENSORS + " holds " + where);
        }
    }
}
