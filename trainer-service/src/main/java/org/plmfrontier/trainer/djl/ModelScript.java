package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.engine.ModelSettings;

/** The program of a model: the text of its family, then {@code training.ts}, with the model's constants. */
final class ModelScript {
    private static final String TRAINING = "training.ts";
    private static final double LAYER_NORM_EPSILON = 1e-5;

    private ModelScript() {}

    /**
     * The program.
     *
     * @param attention how attention is computed
     */
    static TorchScriptArchive archive(ModelSettings settings, Attention attention) throws IOException {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        addShape(attributes, settings.shape(), attention);
        addTraining(attributes, settings.optimizer(), settings.precision());
        String text = read(settings.shape().family().transformer() ? "transformer.ts" : "lstm.ts") + read(TRAINING);
        return new TorchScriptArchive("Model", text, attributes);
    }

    /** A text of the project's scripts. */
    static String read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelScript.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void addShape(Map<String, Attribute> attributes, ModelShape shape, Attention attention) {
        attributes.put("layers", new Attribute.Whole(shape.layers()));
        if (shape.family().transformer()) {
            attributes.put("heads", new Attribute.Whole(shape.heads()));
            attributes.put("head_dim", new Attribute.Whole(shape.keySize()));
            attributes.put("norm_eps", new Attribute.Real(LAYER_NORM_EPSILON));
            attributes.put("causal", new Attribute.Flag(shape.family() == Family.CAUSAL));
            attributes.put("plain", new Attribute.Flag(attention == Attention.PLAIN));
            attributes.put("wide", new Attribute.Flag(attention == Attention.FUSED_FLOAT32));
        } else {
            attributes.put("hidden_size", new Attribute.Whole(shape.ffnSize()));
        }
    }

    private static void addTraining(Map<String, Attribute> attributes, Optimizer optimizer, Precision precision) {
        attributes.put("training", new Attribute.Flag(true));
        attributes.put("bf16", new Attribute.Flag(precision == Precision.BF16));
        attributes.put("decoupled", new Attribute.Flag(optimizer.decay() == Optimizer.Decay.DECOUPLED));
        attributes.put("beta1", new Attribute.Real(optimizer.beta1()));
        attributes.put("beta2", new Attribute.Real(optimizer.beta2()));
        attributes.put("adam_eps", new Attribute.Real(optimizer.epsilon()));
        attributes.put("weight_decay", new Attribute.Real(optimizer.weightDecay()));
        attributes.put("clip_norm", new Attribute.Real(Math.min(optimizer.clipNorm(), Float.MAX_VALUE)));
        for (String list : List.of("p", "m", "v", "t", "g", "none")) {
            attributes.put(list, new Attribute.NoTensors());
        }
    }
}
