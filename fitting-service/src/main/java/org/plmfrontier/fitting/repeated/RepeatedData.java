package org.plmfrontier.fitting.repeated;

import java.util.stream.IntStream;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.parametric.Observations;

/**
 * Losses of runs of which some have seen their data more than once.
 *
 * @param observations final losses
 * @param uniqueTokens [n] U of each
 */
public record RepeatedData(Observations observations, double[] uniqueTokens) {
    /** A decay beyond is none. */
    static final double LARGEST = 1e4;

    private static final double ONCE = 1.01;

    public RepeatedData {
        if (uniqueTokens.length != observations.size()) {
            throw new IllegalArgumentException("uniqueTokens has " + uniqueTokens.length + " entries for "
                    + observations.size() + " observations");
        }
    }

    /** The objective of a law as publications quote it: Huber's sum of the residuals of ln L. */
    public double objective(RepeatedDataLaw law, double delta) {
        double sum = 0;
        for (int i = 0; i < observations.size(); i++) {
            double size = Math.abs(Math.log(observations.lossNats()[i] / lossAt(law, i)));
            sum += size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
        }
        return sum;
    }

    double lossAt(RepeatedDataLaw law, int i) {
        return law.lossAt(observations.parameters()[i], observations.tokens()[i], uniqueTokens[i]);
    }

    /** Whether any observation has seen its data more than once. */
    public boolean isRepeated() {
        return fresh().length < observations.size();
    }

    /** Indices of the observations whose data were seen once. */
    int[] fresh() {
        return IntStream.range(0, uniqueTokens.length)
                .filter(i -> observations.tokens()[i] <= ONCE * uniqueTokens[i])
                .toArray();
    }
}
