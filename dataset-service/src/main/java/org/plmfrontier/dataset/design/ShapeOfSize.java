package org.plmfrontier.dataset.design;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.contracts.model.ParameterCount;

/**
 * A shape of about so many parameters. Depth follows Table 4 of Serrano et al. 2024 and, beyond it, ESM-2 (Lin et al. 2023);
 * below it the number of layers falls to one. Heads are 20 as in Table 4 where they divide the width, else of 16 channels (8
 * where the model is narrower than 64).
 */
public final class ShapeOfSize {
    /** A named shape is taken where it is as near as this, as a factor. */
    private static final double NAMED = 1.06;

    private static final int NARROW = 64;
    private static final int WIDEST = 65_536;
    private static final int STEP = 8;
    private static final int TABLE_HEADS = 20;
    private static final double TABLE_SMALLEST = 4e6;
    private static final int LSTM_LAYERS = 3;

    /** Parameters to layers. */
    private static final NavigableMap<Double, Integer> DEPTH = new TreeMap<>(Map.ofEntries(
            Map.entry(4e3, 1),
            Map.entry(3e4, 2),
            Map.entry(3e5, 2),
            Map.entry(5e6, 4),
            Map.entry(15e6, 8),
            Map.entry(35e6, 12),
            Map.entry(50e6, 15),
            Map.entry(100e6, 23),
            Map.entry(150e6, 30),
            Map.entry(300e6, 32),
            Map.entry(650e6, 33),
            Map.entry(3e9, 36),
            Map.entry(15e9, 48)));

    private ShapeOfSize() {}

    /** The shape of a family whose exact parameters are nearest. */
    public static ModelShape nearest(Family family, double parameters) {
        Stream<ModelShape> named = NamedShapes.byName().values().stream()
                .filter(shape -> shape.family() == family && factor(shape, parameters) < NAMED);
        return named.min(byDistance(parameters))
                .orElseGet(() -> candidates(family, parameters)
                        .min(byDistance(parameters))
                        .orElseThrow());
    }

    private static Stream<ModelShape> candidates(Family family, double parameters) {
        if (family == Family.LSTM) {
            int hidden = width(parameters, width -> ModelShape.lstm(LSTM_LAYERS, width, width), 1);
            return IntStream.of(hidden, hidden + 1).mapToObj(width -> ModelShape.lstm(LSTM_LAYERS, width, width));
        }
        int layers = layers(parameters);
        int step = parameters >= TABLE_SMALLEST ? 2 * TABLE_HEADS : STEP;
        int width = width(parameters, candidate -> shape(family, layers, candidate), step);
        return IntStream.of(width, width + step).mapToObj(candidate -> shape(family, layers, candidate));
    }

    /** The widest shape that has no more parameters, or the narrowest. */
    private static int width(double parameters, IntFunction<ModelShape> shape, int step) {
        int low = 1;
        int high = WIDEST / step;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (exact(shape.apply(middle * step)) <= parameters) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low * step;
    }

    private static ModelShape shape(Family family, int layers, int width) {
        int heads = heads(width);
        return switch (family) {
            case ESM2 -> ModelShape.esm2(layers, width, heads);
            case CAUSAL -> ModelShape.causal(layers, width, heads);
            case MODERN -> ModelShape.modern(layers, width, heads);
            case MODERN_CAUSAL -> ModelShape.modernCausal(layers, width, heads);
            case LSTM -> ModelShape.lstm(layers, width, width);
        };
    }

    private static int heads(int width) {
        if (width >= 8 * 2 * TABLE_HEADS && width % (2 * TABLE_HEADS) == 0) {
            return TABLE_HEADS;
        }
        return width >= NARROW && width % 16 == 0 ? width / 16 : width / STEP;
    }

    /** Interpolated in logarithms. */
    private static int layers(double parameters) {
        Map.Entry<Double, Integer> below = DEPTH.floorEntry(parameters);
        Map.Entry<Double, Integer> above = DEPTH.higherEntry(parameters);
        if (below == null) {
            return DEPTH.firstEntry().getValue();
        }
        if (above == null) {
            return DEPTH.lastEntry().getValue();
        }
        double share = Math.log(parameters / below.getKey()) / Math.log(above.getKey() / below.getKey());
        double log = (1 - share) * Math.log(below.getValue()) + share * Math.log(above.getValue());
        return (int) Math.max(1, Math.round(Math.exp(log)));
    }

    private static Comparator<ModelShape> byDistance(double parameters) {
        return Comparator.comparingDouble(shape -> factor(shape, parameters));
    }

    private static double factor(ModelShape shape, double parameters) {
        double ratio = exact(shape) / parameters;
        return Math.max(ratio, 1 / ratio);
    }

    private static double exact(ModelShape shape) {
        return ParameterCount.of(shape).exact();
    }

    /** Shapes at equal factors from one size to another, ends included; sizes that give the same shape are one. */
    static List<ModelShape> ladder(Family family, double smallest, double largest, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> smallest * Math.pow(largest / smallest, count == 1 ? 0 : i / (count - 1.0)))
                .mapToObj(size -> nearest(family, size))
                .distinct()
                .toList();
    }
}
