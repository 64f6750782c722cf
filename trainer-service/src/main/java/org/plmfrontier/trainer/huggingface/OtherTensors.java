package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Buffer;
import org.plmfrontier.trainer.network.ExportLayout;

/**
 * What a model file holds beside the parameters. By its layout that may be what the language model does not compute with,
 * what follows from the shape ({@link Buffer}), and an output matrix where it is the embedding.
 */
record OtherTensors(ModelShape shape, TensorFile file) {
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
        ExportLayout layout = Networks.layout(shape.family());
        List<String> passedOver = others.stream()
                .filter(name -> layout.unused()
                        .filter(unused -> unused.matcher(name).matches())
                        .isPresent())
                .toList();
        passedOver.forEach(others::remove);
        for (Buffer buffer : Networks.of(shape).buffers()) {
            if (others.remove(buffer.name())) {
                requireBuffer(buffer);
            }
        }
        if (layout.tiedOutput().isPresent()) {
            ExportLayout.TiedOutput output = layout.tiedOutput().get();
            if (others.remove(output.name())) {
                requireTied(output.name(), Objects.requireNonNull(names.get(output.parameter())));
            } else if (untied) {
                throw new UnfitModelException(
                        ModelConfig.FILE,
                        "field tie_word_embeddings is false and " + ModelExport.TENSORS + " holds no '" + output.name()
                                + "'");
            }
        }
        if (!others.isEmpty()) {
            throw unfit("'" + others.iterator().next() + "' has no place in such a model");
        }
        return passedOver;
    }

    private void requireTied(String output, String embedding) throws UnfitModelException, IOException {
        boolean same = Objects.equals(file.tensors().get(output), file.tensors().get(embedding))
                && file.read(output).equals(file.read(embedding));
        if (!same) {
            throw unfit("'" + output + "' is not tied to the embedding");
        }
    }

    private void requireBuffer(Buffer buffer) throws UnfitModelException, IOException {
        String name = buffer.name();
        List<Float> wanted = buffer.values();
        TensorFile.Entry entry = Objects.requireNonNull(file.tensors().get(name));
        if (!entry.type().equals("F32") || !entry.shape().equals(List.of(wanted.size()))) {
            throw unfit("'" + name + "' is " + entry.type() + entry.shape() + ", config.json's shape needs F32["
                    + wanted.size() + "]");
        }
        FloatBuffer found = file.read(name).asFloatBuffer();
        for (int i = 0; i < wanted.size(); i++) {
            if (!(Math.abs(found.get(i) - wanted.get(i)) <= TOLERANCE * Math.abs(wanted.get(i)))) {
                throw unfit("'" + name + "' holds " + found.get(i) + " at [" + i + "], this trainer's models have "
                        + wanted.get(i));
            }
        }
    }

    private static UnfitModelException unfit(String reason) {
        return new UnfitModelException(ModelExport.TENSORS, "tensor " + reason);
    }
}
