package org.plmfrontier.fitting.table;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.model.Table4;

/**
 * What C over 6 N D can be for a model whose N (Table 6) is that of a shape of Table 4, by Table 5 for sequences of {@value
 * #SHORTEST} to {@value #LONGEST} tokens.
 *
 * @param name of the shape
 */
record Table5Range(String name, double lowest, double highest) {
    private static final int SHORTEST = 32;
    private static final int LONGEST = 1026;
    /** N of a shape in a file is rounded. */
    private static final double SAME = 0.002;
    /** Counts that leave out the softmax or the embedding differ by less. */
    private static final double TOLERANCE = 0.05;

    /** The range for N; empty where no shape has it. */
    static Optional<Table5Range> of(double parameters) {
        for (Map.Entry<String, ModelShape> named : Table4.byName().entrySet()) {
            ModelShape shape = named.getValue();
            if (Math.abs(parameters / ParameterCount.of(shape).table6() - 1) < SAME) {
                return Optional.of(new Table5Range(named.getKey(), ratio(shape, SHORTEST), ratio(shape, LONGEST)));
            }
        }
        return Optional.empty();
    }

    /** What is wrong with a ratio; empty where it is possible. */
    Optional<String> unlike(double ratio) {
        boolean possible = ratio > lowest * (1 - TOLERANCE) && ratio < highest * (1 + TOLERANCE);
        return possible
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "C is %.3g times 6 N D; Table 5 gives %.3g to %.3g for the %s shape",
                        ratio,
                        lowest,
                        highest,
                        name));
    }

    private static double ratio(ModelShape shape, int length) {
        return FlopCount.training(shape, SequenceLoad.padded(1, length)) / FlopCount.sixNd(shape, length);
    }
}
