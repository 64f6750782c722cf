package org.plmfrontier.trainer.transformer;

import java.util.List;
import java.util.regex.Pattern;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.SizeEvidence;

/** A causal decoder of ESM-2's blocks: no class elsewhere computes it, so the layout is this project's own. */
public record DecoderLayout() implements ExportLayout {
    @Override
    public String modelType() {
        return "plm-frontier-causal";
    }

    @Override
    public String className() {
        return "PlmFrontierForCausalLM";
    }

    @Override
    public List<ConfigField> fields() {
        return EsmConfigFields.DECODER;
    }

    @Override
    public SizeEvidence evidence() {
        return new SizeEvidence(
                "embed_tokens.weight", "layers.0.fc1.weight", 1, Pattern.compile("layers\\.(\\d{1,9})\\..+"));
    }
}
