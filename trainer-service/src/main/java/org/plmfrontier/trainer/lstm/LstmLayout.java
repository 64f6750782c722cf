package org.plmfrontier.trainer.lstm;

import java.util.List;
import java.util.regex.Pattern;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ConfigField.Dimension;
import org.plmfrontier.trainer.network.ConfigField.Informative;
import org.plmfrontier.trainer.network.ConfigField.Size;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.SizeEvidence;

/** The LSTM's files, in this project's own layout with torch.nn.LSTM's names. */
public record LstmLayout() implements ExportLayout {
    private static final int GATES = 4;

    @Override
    public String modelType() {
        return "plm-frontier-lstm";
    }

    @Override
    public String className() {
        return "PlmFrontierForMaskedLM";
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(
                new Size("num_hidden_layers", Dimension.LAYERS),
                new Size("embedding_size", Dimension.WIDTH),
                new Size("hidden_size", Dimension.FEED_FORWARD),
                new Informative("tie_word_embeddings", false));
    }

    @Override
    public SizeEvidence evidence() {
        return new SizeEvidence(
                "embed.weight", "fwd.weight_hh_l0", GATES, Pattern.compile("fwd\\.weight_hh_l(\\d{1,9})"));
    }
}
