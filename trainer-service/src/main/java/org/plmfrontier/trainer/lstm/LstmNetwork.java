package org.plmfrontier.trainer.lstm;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.batch.BatchSize;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.network.Script;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** Two stacks of LSTM layers. */
public record LstmNetwork(ModelShape shape) implements Network {
    /** Of a layer and direction: gates, cell and hidden state and the workspace of oneDNN, in hidden widths. */
    private static final int KEPT_WIDTHS = 16;

    private static final int DIRECTIONS = 2;
    private static final int EMBEDDING_WIDTHS = 4;
    private static final int HEAD_WIDTHS = 12;

    public LstmNetwork {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public List<TensorSpec> parameters() {
        return LstmTensors.of(shape);
    }

    @Override
    public Script script(Attention attention) throws IOException {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("layers", new Attribute.Whole(shape.layers()));
        attributes.put("hidden_size", new Attribute.Whole(shape.ffnSize()));
        return new Script(Script.read(LstmNetwork.class, "lstm.torchscript"), attributes);
    }

    /** Both directions' outputs side by side. */
    @Override
    public int hiddenSize(int layer) {
        return layer == 0 ? shape.dModel() : DIRECTIONS * shape.ffnSize();
    }

    @Override
    public boolean attends() {
        return false;
    }

    /** In float32, which what cells keep is in every precision. */
    @Override
    public double activations(Precision precision, BatchSize batch, boolean plainAttention) {
        double tokens = batch.tokens();
        double kept = (double) DIRECTIONS * KEPT_WIDTHS * shape.layers() * shape.ffnSize();
        double head = (double) HEAD_WIDTHS * batch.selected() * shape.dModel();
        return tokens * (EMBEDDING_WIDTHS * (double) shape.dModel() + kept) + head;
    }
}
