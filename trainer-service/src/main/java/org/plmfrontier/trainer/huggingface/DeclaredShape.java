package org.plmfrontier.trainer.huggingface;

import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ConfigField.Dimension;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.SizeEvidence;

/**
 * Holds what {@code config.json} says of a shape against the tensors of the file before anything is made by it: a number of
 * a few bytes cannot ask for more than the file itself brings.
 */
record DeclaredShape(ExportLayout layout, TensorFile file) {
    /**
     * Rows of the embedding.
     *
     * @throws UnfitModelException where the file has none
     */
    int embeddingRows() throws UnfitModelException {
        return matrix(layout.evidence().embedding()).get(0);
    }

    /** @throws UnfitModelException with the field that says other than the file */
    void require(ModelShape shape) throws UnfitModelException {
        SizeEvidence evidence = layout.evidence();
        String embedding = evidence.embedding();
        compare(Dimension.WIDTH, shape.dModel(), embedding, matrix(embedding).get(1));
        compare(Dimension.LAYERS, shape.layers(), null, layers(evidence));
        String width = evidence.feedForward();
        compare(Dimension.FEED_FORWARD, shape.ffnSize(), width, matrix(width).get(0) / evidence.rowsPerUnit());
    }

    private int layers(SizeEvidence evidence) {
        return (int) file.tensors().keySet().stream()
                .map(evidence.layer()::matcher)
                .filter(Matcher::matches)
                .map(match -> Integer.valueOf(match.group(1)))
                .distinct()
                .count();
    }

    private List<Integer> matrix(String name) throws UnfitModelException {
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

    private void compare(Dimension dimension, int declared, @Nullable String tensor, int found)
            throws UnfitModelException {
        if (declared != found) {
            String where = tensor == null ? found + " layers" : "'" + tensor + "' with " + found;
            throw new UnfitModelException(
                    ModelConfig.FILE,
                    "field " + field(dimension) + " is " + declared + ", " + ModelExport.TENSORS + " holds " + where);
        }
    }

    private String field(Dimension dimension) {
        return layout.fields().stream()
                .filter(field -> field instanceof ConfigField.Size size && size.dimension() == dimension)
                .map(ConfigField::name)
                .findFirst()
                .orElseThrow();
    }
}
