package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Script;

/** The program of a model: the text of its architecture, then {@code training.torchscript}, with the model's constants. */
final class ModelScript {
    static final String ROWS = "rows.torchscript";
    private static final String FLAT = "flat.torchscript";
    private static final String TRAINING = "training.torchscript";

    private ModelScript() {}

    /**
     * The program.
     *
     * @param attention how attention is computed
     * @param multipliesBf16 see {@link EngineDevice#multipliesBf16}
     */
    static TorchScriptArchive archive(ModelSettings settings, Attention attention, boolean multipliesBf16)
            throws IOException {
        Script network = Networks.of(settings.shape()).script(attention);
        Map<String, Attribute> attributes = new LinkedHashMap<>(network.attributes());
        attributes.put("native", new Attribute.Flag(multipliesBf16));
        addTraining(attributes, settings.optimizer(), settings.precision());
        String text = Script.read(ModelScript.class, ROWS)
                + Script.read(ModelScript.class, FLAT)
                + network.text()
                + Script.read(ModelScript.class, TRAINING);
        return new TorchScriptArchive("Model", text, attributes);
    }

    private static void addTraining(Map<String, Attribute> attributes, Optimizer optimizer, Precision precision) {
        attributes.put("training", new Attribute.Flag(true));
        attributes.put("bf16", new Attribute.Flag(precision.multipliesInBf16()));
        attributes.put("bf16_residual", new Attribute.Flag(precision == Precision.BF16_RESIDUAL));
        attributes.put("decoupled", new Attribute.Flag(optimizer.decay() == Optimizer.Decay.DECOUPLED));
        attributes.put("beta1", new Attribute.Real(optimizer.beta1()));
        attributes.put("beta2", new Attribute.Real(optimizer.beta2()));
        attributes.put("adam_eps", new Attribute.Real(optimizer.epsilon()));
        attributes.put("weight_decay", new Attribute.Real(optimizer.weightDecay()));
        attributes.put("clip_norm", new Attribute.Real(Math.min(optimizer.clipNorm(), Float.MAX_VALUE)));
        for (String list : List.of("p", "m", "v", "t", "g", "none", "total", "c", "own", "own_g", "kinds")) {
            attributes.put(list, new Attribute.NoTensors());
        }
    }
}
