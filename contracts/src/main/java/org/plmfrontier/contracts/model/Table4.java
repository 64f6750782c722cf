package org.plmfrontier.contracts.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The eight named shapes of Serrano et al. 2024, Table 4 (20 heads each, feed-forward width 4 d). */
public final class Table4 {
    private static final Map<String, ModelShape> SHAPES = shapes();

    private Table4() {}

    /** Name (5M ... 650M) to shape, smallest first; unmodifiable. */
    public static Map<String, ModelShape> byName() {
        return SHAPES;
    }

    private static Map<String, ModelShape> shapes() {
        Map<String, ModelShape> shapes = new LinkedHashMap<>();
        shapes.put("5M", ModelShape.esm2(4, 320, 20));
        shapes.put("15M", ModelShape.esm2(8, 400, 20));
        shapes.put("35M", ModelShape.esm2(12, 480, 20));
        shapes.put("50M", ModelShape.esm2(15, 520, 20));
        shapes.put("100M", ModelShape.esm2(23, 600, 20));
        shapes.put("150M", ModelShape.esm2(30, 640, 20));
        shapes.put("300M", ModelShape.esm2(32, 880, 20));
        shapes.put("650M", ModelShape.esm2(33, 1280, 20));
        return Collections.unmodifiableMap(shapes);
    }
}
