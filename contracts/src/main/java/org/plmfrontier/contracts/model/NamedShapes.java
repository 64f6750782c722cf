package org.plmfrontier.contracts.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every shape that has a name: Table 4 ({@code 5M} ... {@code 650M}), its causal twins ({@code causal-5M} ...), the four
 * decoders of Hesslow et al. 2022 ({@code RITA-S, -M, -L, -XL}; 64 channels per head), the LSTM baselines, and the modern
 * block at the layers, widths and heads of Table 4 ({@code modern-5M} ..., {@code modern-causal-5M} ...).
 *
 * <p>Rives et al. 2021 give the LSTMs' parameters (28.4M and 113.4M) and not their widths. Three layers in each direction
 * with an embedding as wide as the hidden state, 768 and 1536, have 28.42M and 113.45M over this vocabulary and are taken
 * for {@code LSTM-S} and {@code LSTM-L}; {@code LSTM-5M} is the twin of Table 4's smallest.
 */
public final class NamedShapes {
    private static final Map<String, ModelShape> SHAPES = shapes();

    private NamedShapes() {}

    /** Name to shape; unmodifiable. */
    public static Map<String, ModelShape> byName() {
        return SHAPES;
    }

    private static Map<String, ModelShape> shapes() {
        Map<String, ModelShape> shapes = new LinkedHashMap<>(Table4.byName());
        Table4.byName()
                .forEach((name, twin) ->
                        shapes.put("causal-" + name, ModelShape.causal(twin.layers(), twin.dModel(), twin.heads())));
        shapes.put("RITA-S", ModelShape.causal(12, 768, 12));
        shapes.put("RITA-M", ModelShape.causal(24, 1024, 16));
        shapes.put("RITA-L", ModelShape.causal(24, 1536, 24));
        shapes.put("RITA-XL", ModelShape.causal(24, 2048, 32));
        shapes.put("LSTM-5M", ModelShape.lstm(3, 323, 323));
        shapes.put("LSTM-S", ModelShape.lstm(3, 768, 768));
        shapes.put("LSTM-L", ModelShape.lstm(3, 1536, 1536));
        Table4.byName().forEach((name, twin) -> {
            shapes.put("modern-" + name, ModelShape.modern(twin.layers(), twin.dModel(), twin.heads()));
            shapes.put("modern-causal-" + name, ModelShape.modernCausal(twin.layers(), twin.dModel(), twin.heads()));
        });
        return Collections.unmodifiableMap(shapes);
    }
}
