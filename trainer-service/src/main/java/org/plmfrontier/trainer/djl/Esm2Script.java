package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.engine.ModelSettings;

/** The program {@code esm2.ts} with a model's constants. */
final class Esm2Script {
    private static final String RESOURCE = "esm2.ts";
    private static final double LAYER_NORM_EPSILON = 1e-5;

    private Esm2Script() {}

    static TorchScriptArchive archive(ModelSettings settings) throws IOException {
        return new TorchScriptArchive("ESM2", source(), attributes(settings.shape(), settings.optimizer()));
    }

    private static Map<String, Attribute> attributes(ModelShape shape, Optimizer optimizer) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("training", new Attribute.Flag(true));
        attributes.put("layers", new Attribute.Whole(shape.layers()));
        attributes.put("heads", new Attribute.Whole(shape.heads()));
        attributes.put("head_dim", new Attribute.Whole(shape.keySize()));
        attributes.put("norm_eps", new Attribute.Real(LAYER_NORM_EPSILON));
        attributes.put("decoupled", new Attribute.Flag(optimizer.decay() == Optimizer.Decay.DECOUPLED));
        attributes.put("beta1", new Attribute.Real(optimizer.beta1()));
        attributes.put("beta2", new Attribute.Real(optimizer.beta2()));
        attributes.put("adam_eps", new Attribute.Real(optimizer.epsilon()));
        attributes.put("weight_decay", new Attribute.Real(optimizer.weightDecay()));
        attributes.put("clip_norm", new Attribute.Real(Math.min(optimizer.clipNorm(), Float.MAX_VALUE)));
        for (String list : List.of("p", "m", "v", "t", "g", "none")) {
            attributes.put(list, new Attribute.NoTensors());
        }
        return attributes;
    }

    private static String source() throws IOException {
        try (InputStream in = Objects.requireNonNull(Esm2Script.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
